/** The browser that tests open: FOOTLIGHT_BROWSER, or a Chromium on the path. Undefined if there is none. */
export declare function findBrowser(): string | undefined;
