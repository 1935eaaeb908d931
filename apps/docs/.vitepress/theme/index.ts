import theme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';
import './style.css'; // last, so that it wins over the theme

export default theme;
