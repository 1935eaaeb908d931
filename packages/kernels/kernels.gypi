{
  'targets': [
    {
      'target_name': 'footlight',
      'sources': ["<!@(node -e \"import('./identity.js').then(({ listAddonSources }) => console.log(listAddonSources('src').filter((f) => f.endsWith('.cc')).map((f) => 'src/' + f).join(' ')))\")"],
      'include_dirs': ['src', "<!(node -p \"require('node-addon-api').include_dir\")"],
      'defines': ['NAPI_VERSION=8', 'NAPI_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
      'cflags_cc!': ['-fno-exceptions', '-fno-rtti'],
      'cflags_cc': ['-std=c++17', '-O3', '-fno-math-errno', '-fno-trapping-math', '-Wall', '-Wextra', '-Wno-unused-parameter'],
      'conditions': [
        # The code stays in memory when the worker that loaded it ends: see stay_loaded in src/binding/addon/module.cc.
        ['OS=="linux"', { 'libraries': ['-pthread'], 'ldflags': ['-Wl,-z,nodelete'] }],
        ['OS=="mac"', {
          'xcode_settings': {
            'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
            'CLANG_CXX_LANGUAGE_STANDARD': 'c++17',
            'GCC_OPTIMIZATION_LEVEL': '3',
            'MACOSX_DEPLOYMENT_TARGET': '11.0'
          }
        }],
        ['OS=="win"', {
          'msvs_settings': { 'VCCLCompilerTool': { 'ExceptionHandling': 1, 'AdditionalOptions': ['/std:c++17', '/O2', '/fp:contract'] } }
        }]
      ]
    }
  ]
}
