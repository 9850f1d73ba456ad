// SPDX-License-Identifier: GPL-3.0-or-later
// The rooms according to CMake, and according to the table in ARCHITECTURE.md.
#pragma once

#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

namespace queuedeck::test {

using namespace Qt::StringLiterals;

using Links = QMap<QString, QStringList>;

// What a room may use, as CMake links it: "core/store" for a room, "core/async/deliver.h" for a
// single header. See cmake/QueuedeckRoom.cmake.
inline const Links& permissions()
{
    static const Links kRooms = [] {
        Links rooms{{u"core/base"_s, {}}};
        QFile file(QStringLiteral(QUEUEDECK_ROOMS));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("CMake has written no %s.", QUEUEDECK_ROOMS);
        for (const QString& line :
             QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts))
            rooms[line.section(u' ', 0, 0)] += line.section(u' ', 1, 1);
        return rooms;
    }();
    return kRooms;
}

inline bool isHeader(const QString& used)
{
    return used.endsWith(".h"_L1);
}

inline QString roomOf(const QString& path)
{
    const QStringList steps = path.split(u'/');
    return steps.first() == "core"_L1 && steps.size() > 2 ? steps[0] + u'/' + steps[1]
                                                          : steps.first();
}

// The table of rooms in a page: | 3 | `core/store` | domain, db, base | duty |
struct RoomRow
{
    int rank = -1;
    QStringList uses; // as in permissions()
};

inline QMap<QString, RoomRow> tableOf(const QString& page)
{
    static const QRegularExpression kRow(
        u"^\\| (\\d+) \\| `([a-z/]+)` \\| ([^|]+) \\| [^|]+ \\|$"_s,
        QRegularExpression::MultilineOption);
    QMap<QString, RoomRow> rooms;
    for (auto found = kRow.globalMatch(page); found.hasNext();) {
        const auto row = found.next();
        RoomRow& room = rooms[row.captured(2)];
        room.rank = row.captured(1).toInt();
        for (QString used : row.captured(3).remove(u'`').split(u", "_s)) {
            if (used != u"–"_s)
                room.uses += used.contains(u'/') || used == "ui"_L1 ? used : u"core/"_s + used;
        }
        room.uses.sort();
    }
    return rooms;
}

// Where the table differs from CMake, or a room uses one that is not below it.
inline QStringList tableFaults(const QString& page, const Links& links)
{
    const QMap<QString, RoomRow> table = tableOf(page);
    QStringList faults;
    for (auto row = table.begin(); row != table.end(); ++row) {
        if (!links.contains(row.key()))
            faults += u"%1 is no room that CMake knows."_s.arg(row.key());
    }
    for (auto room = links.begin(); room != links.end(); ++room) {
        if (!table.contains(room.key())) {
            faults += u"%1 is missing in the table."_s.arg(room.key());
            continue;
        }
        QStringList linked = *room;
        linked.sort();
        const RoomRow& row = table[room.key()];
        if (row.uses != linked)
            faults += u"%1 uses %2 in the table; its CMakeLists.txt links %3."_s.arg(
                room.key(), row.uses.join(u", "_s), linked.join(u", "_s));
        for (const QString& used : linked) {
            if (table.value(isHeader(used) ? roomOf(used) : used).rank >= row.rank)
                faults += u"%1 uses %2, which does not stand below it."_s.arg(room.key(), used);
        }
    }
    return faults;
}

} // namespace queuedeck::test
