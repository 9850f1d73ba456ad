// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal tells: its entries, and what each did to its jobs.
#include "core/store/jobwriter.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using domain::JournalEntry;

namespace {
QMap<QString, qint64> countsFrom(const QByteArray& json)
{
    QMap<QString, qint64> counts;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto reason = object.begin(); reason != object.end(); ++reason)
        counts[reason.key()] = reason->toInteger();
    return counts;
}

// As {journal_columns}.
JournalEntry entryFromRow(const db::Rows::Row& row)
{
    JournalEntry entry;
    entry.id.value = row.text(0);
    entry.at = row.time(1);
    entry.actor = row.text(2);
    entry.host = row.text(3);
    entry.action = row.text(4);
    entry.scope = row.text(5);
    entry.changed = row.integer(6);
    entry.undoneAt = row.time(7);
    const bool hasRows = row.boolean(8);
    entry.total = row.integer(9);
    entry.done = row.integer(10);
    if (!row.isNull(11))
        entry.state = row.boolean(12) ? JournalEntry::State::Stopped : JournalEntry::State::Running;
    entry.skipped = countsFrom(row.bytes(13));
    entry.undoes.value = row.text(14);
    entry.undoneAction = row.text(15);
    // What runs next is no longer known once it has run.
    const bool isGone = entry.isUndo() && entry.undoneAction == "run-next"_L1;
    entry.canUndo = hasRows && !isGone && !entry.undoneAt.isValid() &&
                    entry.state != JournalEntry::State::Running;
    return entry;
}

QMap<QString, QString> columnsFrom(const QByteArray& json)
{
    QMap<QString, QString> columns;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto column = object.begin(); column != object.end(); ++column)
        columns[column.key()] = column->isNull() ? QString() : column->toVariant().toString();
    return columns;
}
} // namespace

base::Result<JournalEntry> JobWriter::entry(const domain::JournalId& id)
{
    const auto rows =
        m_connection.run(m_sql.companion->journalEntry.text(),
                         {{u"journal"_s, id.value},
                          {u"at"_s, now()},
                          {u"leftMs"_s, qint64(std::chrono::milliseconds(kLeftAfter).count())}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return base::fail(ErrorKind::NotFound,
                          Sentence::tr("The journal has no entry %1.").arg(id.value));
    return entryFromRow((*rows)[0]);
}

base::Result<QVector<JournalEntry>> JobWriter::journal(int limit)
{
    if (!m_sql.companion)
        return QVector<JournalEntry>();
    const auto rows =
        m_connection.run(m_sql.companion->journalList.text(),
                         {{u"limit"_s, limit},
                          {u"at"_s, now()},
                          {u"leftMs"_s, qint64(std::chrono::milliseconds(kLeftAfter).count())}});
    if (!rows)
        return rows.error();
    QVector<JournalEntry> entries;
    for (size_t i = 0; i < rows->size(); ++i)
        entries.push_back(entryFromRow((*rows)[i]));
    return entries;
}

base::Result<QVector<domain::JournalRow>> JobWriter::journalRows(const domain::JournalId& entry,
                                                                 const QString& after, int limit)
{
    if (!m_sql.companion)
        return QVector<domain::JournalRow>();
    const auto found = m_connection.run(m_sql.companion->journalImages.text(),
                                        {{u"journal"_s, entry.value},
                                         {u"after"_s, after.isNull() ? u""_s : after},
                                         {u"limit"_s, limit}});
    if (!found)
        return found.error();
    QVector<domain::JournalRow> rows;
    for (size_t i = 0; i < found->size(); ++i) {
        const db::Rows::Row row = (*found)[i];
        rows.push_back({{row.text(0)},
                        row.boolean(1),
                        row.boolean(2),
                        columnsFrom(row.bytes(3)),
                        columnsFrom(row.bytes(4))});
    }
    return rows;
}

} // namespace queuedeck::store
