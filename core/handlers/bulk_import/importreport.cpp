// SPDX-License-Identifier: GPL-3.0-or-later
// What an import did, for programs.
#include "core/handlers/bulk_import/importrun.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

QJsonObject ImportReport::json() const
{
    QJsonObject why;
    for (auto reason = reasons.begin(); reason != reasons.end(); ++reason)
        why[reason.key()] = *reason;
    QJsonArray lines;
    for (const Rejection& one : first)
        lines += QJsonObject{{u"line"_s, one.line}, {u"reason"_s, one.reason}};
    QJsonObject mapping;
    for (const ColumnMatch& match : columns) {
        if (!match.field.isEmpty())
            mapping[match.field] = match.column;
    }
    return {
        {u"rows"_s, rows},           {u"created"_s, created},   {u"updated"_s, updated},
        {u"unchanged"_s, unchanged}, {u"rejected"_s, rejected}, {u"reasons"_s, why},
        {u"first"_s, lines},         {u"mapping"_s, mapping},   {u"rejectedFile"_s, rejectedFile}};
}

} // namespace queuedeck::handlers
