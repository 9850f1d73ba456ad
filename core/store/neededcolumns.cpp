// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/neededcolumns.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

const QVector<NeededColumn>& neededOfJob()
{
    static const QStringList text{u"text"_s, u"varchar"_s, u"bpchar"_s};
    static const QStringList anyText = text + QStringList{u"citext"_s};
    static const QStringList odd{u"bpchar"_s, u"citext"_s};
    static const QStringList time{u"timestamp"_s, u"timestamptz"_s, u"date"_s};
    static const QStringList number{u"int2"_s, u"int4"_s, u"int8"_s, u"numeric"_s};
    static const QVector<NeededColumn> columns{
        {u"id"_s, u"text"_s, anyText + number + QStringList{u"uuid"_s}, {}},
        {u"type"_s, u"text"_s, anyText, odd},
        {u"payload"_s, u"jsonb"_s, anyText + QStringList{u"json"_s, u"jsonb"_s}, odd},
        {u"status"_s, u"text"_s, text, odd},
        {u"attempts"_s, u"integer"_s, number, {}},
        {u"error"_s, u"text"_s, anyText, odd},
        {u"createdAt"_s, u"timestamp"_s, time, {}},
        {u"completedAt"_s, u"timestamp"_s, time, {}}};
    return columns;
}

const QVector<NeededColumn>& neededOfScan()
{
    static const QStringList odd{u"bpchar"_s, u"citext"_s};
    static const QVector<NeededColumn> columns{{u"id"_s, u"uuid"_s, {}, {}},
                                               {u"scanType"_s, u"text"_s, {}, odd},
                                               {u"imageUrl"_s, u"text"_s, {}, odd},
                                               {u"status"_s, u"text"_s, {}, odd},
                                               {u"extractedData"_s, u"jsonb"_s, {}, {}},
                                               {u"errorMessage"_s, u"text"_s, {}, odd},
                                               {u"tenantId"_s, u"uuid"_s, {}, {}},
                                               {u"userId"_s, u"uuid"_s, {}, {}},
                                               {u"createdAt"_s, u"timestamp"_s, {}, {}},
                                               {u"completedAt"_s, u"timestamp"_s, {}, {}}};
    return columns;
}

bool isWritable(const NeededColumn& needed, const TableShape::Column& column)
{
    if (column.isGenerated)
        return false;
    if (!column.isEnum())
        return needed.writable.contains(column.base);
    if (needed.name == "type"_L1)
        return true; // the application's own list of types
    static const QStringList words{u"pending"_s, u"processing"_s, u"completed"_s, u"failed"_s};
    return needed.name == "status"_L1 &&
           std::all_of(words.cbegin(), words.cend(),
                       [&column](const QString& word) { return column.labels.contains(word); });
}

} // namespace queuedeck::store
