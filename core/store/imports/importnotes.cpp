// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/importnotes.h"

#include "core/store/imports/importids.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

QString changeName(ImportNote::Change change)
{
    switch (change) {
    case ImportNote::Change::Added: return u"added"_s;
    case ImportNote::Change::Changed: return u"changed"_s;
    case ImportNote::Change::Removed: break;
    }
    return u"removed"_s;
}

ImportNotes::ImportNotes(JobStore& store, QString scope)
    : m_store(&store)
    , m_scope(std::move(scope))
{
}

base::Result<ImportNotes> ImportNotes::open(JobStore& store, const QString& job,
                                            const QString& scope)
{
    ImportNotes notes(store, scope);
    if (const base::Status found = notes.findEntry(job); !found)
        return found.error();
    if (const base::Status read = notes.readWritten(); !read)
        return read.error();
    return notes;
}

// An import that was undone and is run again gets an entry of its own.
base::Status ImportNotes::findEntry(const QString& job)
{
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    for (int round = 1;; ++round) {
        m_journal = importedId(job, u"journal"_s, QString::number(round));
        const auto rows = m_store->connection().run(sql.companion->journalEntry.text(),
                                                    {{u"journal"_s, m_journal}});
        if (!rows)
            return rows.error();
        if (rows->isEmpty() || (*rows)[0].isNull(7)) // not undone
            return {};
    }
}

base::Status ImportNotes::readWritten()
{
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    const auto places =
        m_store->connection().run(sql.imports->importPlaces.text(), {{u"journal"_s, m_journal}});
    if (!places)
        return places.error();
    for (size_t i = 0; i < places->size(); ++i) {
        const QString place = (*places)[i].text(0);
        m_batch = std::max(m_batch, place.section(u'.', 0, 0).toLongLong());
        const auto units = m_store->connection().run(
            sql.imports->importUnits.text(), {{u"journal"_s, m_journal}, {u"place"_s, place}});
        if (!units)
            return units.error();
        for (size_t row = 0; row < units->size(); ++row)
            m_written.push_back(
                {QUuid::fromString((*units)[row].text(0)), (*units)[row].boolean(1)});
    }
    std::sort(m_written.begin(), m_written.end(),
              [](const Written& a, const Written& b) { return a.unit < b.unit; });
    return {};
}

std::optional<bool> ImportNotes::written(const QString& id) const
{
    if (m_written.empty())
        return {};
    const QUuid unit = QUuid::fromString(id);
    auto at = std::lower_bound(m_written.begin(), m_written.end(), unit,
                               [](const Written& a, const QUuid& b) { return a.unit < b; });
    std::optional<bool> isAdded;
    for (; at != m_written.end() && at->unit == unit; ++at)
        isAdded = isAdded.value_or(false) || at->isAdded;
    return isAdded;
}

db::Params ImportNotes::entry() const
{
    return journalParams({u"import"_s, m_scope, domain::Actor::current()}, {m_journal}, 0);
}

void ImportNotes::beginBatch()
{
    m_step = 0;
    m_rows = 0;
}

base::Status ImportNotes::write(const ImportNote& note)
{
    if (note.ids.isEmpty())
        return {};
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    const QString place =
        u"%1.%2"_s.arg(m_batch + 1, 10, 10, QChar(u'0')).arg(++m_step, 2, 10, QChar(u'0'));
    const auto orNull = [](const QStringList& list) {
        return list.isEmpty() ? QString() : db::arrayLiteral(list);
    };
    const auto done = m_store->connection().run(sql.imports->importNote.text(),
                                                {{u"journal"_s, m_journal},
                                                 {u"place"_s, place},
                                                 {u"table"_s, note.table},
                                                 {u"change"_s, changeName(note.change)},
                                                 {u"ids"_s, db::arrayLiteral(note.ids)},
                                                 {u"units"_s, db::arrayLiteral(note.units)},
                                                 {u"befores"_s, orNull(note.befores)},
                                                 {u"afters"_s, orNull(note.afters)}});
    if (!done)
        return done.error();
    m_rows += note.ids.size();
    return {};
}

base::Status ImportNotes::endBatch()
{
    if (m_rows == 0)
        return {};
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    if (const auto opened = m_store->connection().run(sql.companion->journalOpen.text(), entry());
        !opened)
        return opened.error();
    const auto counted = m_store->connection().run(
        sql.imports->importCounted.text(), {{u"journal"_s, m_journal}, {u"count"_s, m_rows}});
    return counted ? base::Status() : base::Status(counted.error());
}

void ImportNotes::settle(bool kept)
{
    if (kept && m_rows > 0)
        ++m_batch;
}

} // namespace queuedeck::store
