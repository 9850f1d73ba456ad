# SPDX-License-Identifier: GPL-3.0-or-later
# A room is a folder, a namespace, an include path and a static library of the same name.
# Its LINK lists define what it may use, and nothing else does: a target cannot use what it does not
# name there. queuedeck_write_rooms writes the lists down for tst_architecture, which checks every
# include and the table of ARCHITECTURE.md against them.
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

# Some headers of a room, for rooms that may use nothing else in it.
#
#   queuedeck_headers(deliver HEADERS deliver.h LINK queuedeck_base)
function(queuedeck_headers name)
    cmake_parse_arguments(PART "" "" "HEADERS;LINK" ${ARGN})
    set(target queuedeck_${name})
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE queuedeck_common ${PART_LINK})
    set_target_properties(${target} PROPERTIES QUEUEDECK_HEADERS "${PART_HEADERS}")
endfunction()

# Job types that are a folder each: every folder of `root` that has a schema.json adds its sources to
# `target`, and its schema under the name of the folder, which is the type.
function(queuedeck_job_types target root)
    file(GLOB schemas CONFIGURE_DEPENDS "${root}/*/schema.json")
    foreach(schema IN LISTS schemas)
        get_filename_component(folder "${schema}" DIRECTORY)
        get_filename_component(type "${folder}" NAME)
        file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.h" "${folder}/*.cpp")
        target_sources(${target} PRIVATE ${sources})
        set_source_files_properties("${schema}" PROPERTIES QT_RESOURCE_ALIAS "${type}.json")
        qt_add_resources(${target} "schema_${type}" PREFIX /schemas FILES "${schema}")
    endforeach()
endfunction()

# All targets in a folder and the folders below it.
function(queuedeck_targets_below folder result)
    get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
    get_property(below DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
    foreach(each IN LISTS below)
        queuedeck_targets_below("${each}" more)
        list(APPEND targets ${more})
    endforeach()
    set(${result} ${targets} PARENT_SCOPE)
endfunction()

# "core/store" for targets in or below it, "ui" for ui/jobs.
function(queuedeck_room_of target result)
    get_target_property(folder ${target} SOURCE_DIR)
    file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${folder}")
    string(REGEX MATCH "^(core/[^/]+|[^/]+)" room "${folder}")
    set(${result} "${room}" PARENT_SCOPE)
endfunction()

# Writes which room links what, one pair per line: "core/store core/db", "ui core/async/deliver.h".
# To be called once all rooms are defined.
function(queuedeck_write_rooms file)
    set(lines)
    foreach(top core ui app)
        queuedeck_targets_below("${CMAKE_SOURCE_DIR}/${top}" targets)
        foreach(target IN LISTS targets)
            queuedeck_room_of(${target} room)
            get_target_property(type ${target} TYPE)
            set(property LINK_LIBRARIES)
            if(type STREQUAL "INTERFACE_LIBRARY")
                set(property INTERFACE_LINK_LIBRARIES)
            endif()
            get_target_property(links ${target} ${property})
            foreach(link IN LISTS links)
                if(NOT TARGET "${link}" OR NOT link MATCHES "^queuedeck_" OR link STREQUAL "queuedeck_common")
                    continue()
                endif()
                queuedeck_room_of(${link} used)
                if(used STREQUAL room)
                    continue()
                endif()
                get_target_property(headers ${link} QUEUEDECK_HEADERS)
                if(headers)
                    list(TRANSFORM headers PREPEND "${room} ${used}/" OUTPUT_VARIABLE used_headers)
                    list(APPEND lines ${used_headers})
                else()
                    list(APPEND lines "${room} ${used}")
                endif()
            endforeach()
        endforeach()
    endforeach()
    list(SORT lines)
    list(REMOVE_DUPLICATES lines)
    list(JOIN lines "\n" text)
    file(GENERATE OUTPUT "${file}" CONTENT "${text}\n")
endfunction()
