# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of this project is compiled with, in one interface target.

option(QUEUEDECK_TESTS "Build the tests" ON)
option(QUEUEDECK_WERROR "Treat warnings as errors" OFF)
option(QUEUEDECK_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(QUEUEDECK_CCACHE ccache)
if(QUEUEDECK_CCACHE)
    # ccache can cache precompiled headers only if it may ignore time stamps.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        ${QUEUEDECK_CCACHE})
endif()

add_library(queuedeck_common INTERFACE)
target_include_directories(queuedeck_common INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(queuedeck_common INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_URL_CAST_FROM_STRING
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    QUEUEDECK_VERSION="${PROJECT_VERSION}")
target_compile_options(queuedeck_common INTERFACE
    -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(queuedeck_common INTERFACE -fpch-preprocess)
endif()
if(QUEUEDECK_WERROR)
    target_compile_options(queuedeck_common INTERFACE -Werror)
endif()
if(QUEUEDECK_SANITIZE)
    target_compile_options(queuedeck_common INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(queuedeck_common INTERFACE -fsanitize=address,undefined)
else()
    target_link_options(queuedeck_common INTERFACE -Wl,-z,relro,-z,now)
endif()
find_program(QUEUEDECK_MOLD mold)
if(QUEUEDECK_MOLD)
    target_link_options(queuedeck_common INTERFACE -fuse-ld=mold)
endif()
