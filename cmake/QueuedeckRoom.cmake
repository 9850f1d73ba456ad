# SPDX-License-Identifier: GPL-3.0-or-later
# A room is a folder, a namespace, an include path and a static library of the same name.
# Its LINK list is its permission: what is not linked cannot be used.
#
#   queuedeck_room(store SOURCES jobstore.h jobstore.cpp LINK queuedeck_db Qt6::Sql)

function(queuedeck_room name)
    cmake_parse_arguments(ROOM "" "PCH" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    set(target queuedeck_${name})
    add_library(${target} STATIC ${ROOM_SOURCES})
    target_link_libraries(${target} PUBLIC queuedeck_common ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE_LINK})
    if(NOT ROOM_PCH)
        set(ROOM_PCH "${CMAKE_SOURCE_DIR}/core/base/pch.h")
    endif()
    target_precompile_headers(${target} PRIVATE "${ROOM_PCH}")
endfunction()
