// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/importundo.h"

#include "core/db/transaction.h"
#include "core/store/refusal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::SkipReason;

namespace {
constexpr std::chrono::seconds kDeadline{120}; // other tables may have to be read as a whole
const QString kAdded = u"added"_s;
const QString kRemoved = u"removed"_s;
const QStringList kTables{u"Customer"_s, u"CustomerAddress"_s, u"Order"_s, u"OrderLine"_s,
                          u"Invoice"_s,  u"Product"_s,         u"Sku"_s};

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

QStringList textsOf(const QJsonValue& list)
{
    QStringList texts;
    for (const QJsonValue& text : list.toArray())
        texts += text.isNull() ? QString() : text.toString();
    return texts;
}

QString listOrNull(const QStringList& list)
{
    return list.isEmpty() ? QString() : db::arrayLiteral(list);
}
} // namespace

ImportUndo::ImportUndo(db::Connection& connection, const TableShape& shape,
                       const base::Clock& clock)
    : m_connection(connection)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
    // Nothing but what an import writes is touched, whatever the journal says.
    for (const QString& name : kTables)
        m_columns.insert(quoted(shape.schema) + u'.' + quoted(name), {});
}

base::Result<domain::Outcome> ImportUndo::run(const domain::JournalId& entry)
{
    const auto usual = m_connection.deadline();
    m_connection.setDeadline(kDeadline);
    domain::Outcome outcome;
    outcome.journal = entry;
    QString below = u"~"_s; // after every digit
    for (;;) {
        const auto last = m_connection.run(m_sql.imports->importLast.text(),
                                           {{u"journal"_s, entry.value}, {u"below"_s, below}});
        if (!last) {
            outcome.failure = last.error();
            break;
        }
        if (last->isEmpty())
            break;
        const QString number = (*last)[0].text(0).section(u'.', 0, 0);
        auto batch = readBatch(entry, number);
        const base::Status done =
            batch ? undoBatch(entry, std::move(*batch), outcome) : base::Status(batch.error());
        if (!done) {
            outcome.failure = done.error();
            break;
        }
        below = number;
    }
    if (!outcome.failure && (outcome.changed > 0 || outcome.matched == 0)) {
        const auto closed = m_connection.run(
            m_sql.companion->undone.text(),
            {{u"journal"_s, entry.value}, {u"at"_s, m_clock.now().toMSecsSinceEpoch()}});
        if (!closed)
            outcome.failure = closed.error();
    }
    m_connection.setDeadline(usual);
    if (outcome.failure && outcome.changed == 0)
        return *outcome.failure;
    return outcome;
}

base::Result<ImportUndo::Batch> ImportUndo::readBatch(const domain::JournalId& entry,
                                                      const QString& number)
{
    const auto rows = m_connection.run(m_sql.imports->importSteps.text(),
                                       {{u"journal"_s, entry.value}, {u"batch"_s, number}});
    if (!rows)
        return rows.error();
    Batch batch;
    for (size_t i = 0; i < rows->size(); ++i) {
        const QJsonObject step = QJsonDocument::fromJson((*rows)[i].text(1).toUtf8()).object();
        batch += Step{(*rows)[i].text(0),           step["table"_L1].toString(),
                      step["change"_L1].toString(), step["version"_L1].toString(),
                      textsOf(step["ids"_L1]),      textsOf(step["units"_L1]),
                      textsOf(step["befores"_L1]),  textsOf(step["afters"_L1])};
    }
    return batch;
}

// Each round may find further units that cannot be taken back; then it starts anew without them.
base::Status ImportUndo::undoBatch(const domain::JournalId& entry, Batch batch,
                                   domain::Outcome& outcome)
{
    Refused refused;
    for (;;) {
        auto transaction = db::Transaction::begin(m_connection);
        if (!transaction)
            return transaction.error();
        const auto more = carryOut(batch, refused);
        if (!more)
            return more.error();
        if (!more->isEmpty()) {
            refused.insert(*more);
            continue; // rolled back
        }
        domain::Outcome ofBatch;
        if (const base::Status kept = keep(entry, batch, refused, ofBatch); !kept)
            return kept;
        if (const base::Status done = transaction->commit(); !done)
            return done;
        outcome.matched += ofBatch.matched;
        outcome.changed += ofBatch.changed;
        outcome.skipped += ofBatch.skipped;
        return {};
    }
}

base::Result<ImportUndo::Refused> ImportUndo::carryOut(const Batch& batch, const Refused& refused)
{
    Refused more;
    for (const Step& step : batch) {
        Step part;
        for (qsizetype i = 0; i < step.ids.size(); ++i) {
            if (!refused.contains(step.units[i]) && !more.contains(step.units[i]))
                part.add(step, i);
        }
        if (part.ids.isEmpty())
            continue;
        auto done = takeBack(step, part.ids, part.befores, part.afters);
        if (!done && refusesARow(done.error())) {
            for (const QString& unit : std::as_const(part.units))
                more.insert(unit, SkipReason::refused(reasonOf(done.error())));
            return more; // the transaction is spoilt
        }
        if (!done)
            return done.error();
        for (qsizetype i = 0; i < part.ids.size(); ++i) {
            if (!done->contains(part.ids[i]))
                more.insert(part.units[i], SkipReason::ChangedSince);
        }
    }
    return more;
}

void ImportUndo::Step::add(const Step& step, qsizetype row)
{
    ids += step.ids[row];
    units += step.units[row];
    if (!step.befores.isEmpty())
        befores += step.befores[row];
    if (!step.afters.isEmpty())
        afters += step.afters[row];
}

base::Result<QSet<QString>> ImportUndo::takeBack(const Step& step, const QStringList& ids,
                                                 const QStringList& befores,
                                                 const QStringList& afters)
{
    const auto columns = columnsOf(step.table);
    if (!columns)
        return columns.error();
    QSet<QString> done;
    if (columns->isEmpty())
        return done; // no such table any more
    db::Words words{{u"import_table"_s, step.table}, {u"import_id_type"_s, columns->front()}};
    QString sql;
    if (step.change == kAdded) {
        const auto unreferenced = this->unreferenced(step.table);
        if (!unreferenced)
            return unreferenced.error();
        words.emplace_back(u"import_unreferenced"_s, *unreferenced);
        sql = m_sql.imports->importTakeAdded.text();
    } else if (step.change == kRemoved) {
        QStringList names, values;
        for (const QString& column : columns->mid(1)) {
            names += column;
            values += u"r."_s + column;
        }
        words.emplace_back(u"import_columns"_s, names.join(u", "_s));
        words.emplace_back(u"import_values"_s, values.join(u", "_s));
        sql = m_sql.imports->importPutRemoved.text();
    } else {
        QStringList assignments, same;
        const QJsonObject written = QJsonDocument::fromJson(afters.front().toUtf8()).object();
        for (const QString& key : written.keys()) {
            const QString column = quoted(key);
            assignments += u"%1 = r.%1"_s.arg(column);
            if (key != "updatedAt"_L1)
                same += u"t.%1 IS NOT DISTINCT FROM w.%1"_s.arg(column);
        }
        words.emplace_back(u"import_assignments"_s, assignments.join(u", "_s));
        words.emplace_back(u"import_same"_s, same.isEmpty() ? u"true"_s : same.join(u" AND "_s));
        sql = m_sql.imports->importPutChanged.text();
    }
    const auto rows = m_connection.run(db::filled(sql, words), {{u"ids"_s, db::arrayLiteral(ids)},
                                                                {u"version"_s, step.version},
                                                                {u"befores"_s, listOrNull(befores)},
                                                                {u"afters"_s, listOrNull(afters)}});
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i)
        done.insert((*rows)[i].text(0));
    return done;
}

// A row that something else refers to stays: deleting it would delete that too, or be refused.
base::Result<QString> ImportUndo::unreferenced(const QString& table)
{
    if (m_unreferenced.contains(table))
        return m_unreferenced.value(table);
    const auto rows =
        m_connection.run(m_sql.imports->importReferences.text(), {{u"table"_s, table}});
    if (!rows)
        return rows.error();
    QString condition;
    for (size_t i = 0; i < rows->size(); ++i)
        condition += u" AND NOT EXISTS (SELECT FROM %1 r WHERE r.%2 = t.\"id\")"_s.arg(
            (*rows)[i].text(0), (*rows)[i].text(1));
    m_unreferenced.insert(table, condition);
    return condition;
}

// The type of the ids, then every column that can be written; empty if there is no such table, or
// it is none of an import's.
base::Result<QStringList> ImportUndo::columnsOf(const QString& table)
{
    const auto known = m_columns.constFind(table);
    if (known == m_columns.constEnd())
        return QStringList();
    if (!known->isEmpty())
        return *known;
    const auto rows = m_connection.run(m_sql.imports->importColumns.text(), {{u"table"_s, table}});
    if (!rows)
        return rows.error();
    QStringList columns;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        if (row.text(0) == "id"_L1)
            columns.prepend(row.text(3));
        if (!row.boolean(7)) // not generated
            columns += quoted(row.text(0));
    }
    m_columns[table] = columns;
    return columns;
}

// What could not be taken back stays in the journal.
base::Status ImportUndo::keep(const domain::JournalId& entry, const Batch& batch,
                              const Refused& refused, domain::Outcome& outcome)
{
    const auto cleared = m_connection.run(
        m_sql.imports->importForget.text(),
        {{u"journal"_s, entry.value},
         {u"batch"_s, batch.isEmpty() ? QString() : batch.front().place.section(u'.', 0, 0)}});
    if (!cleared)
        return cleared.error();
    for (const Step& step : batch) {
        Step part;
        for (qsizetype i = 0; i < step.ids.size(); ++i) {
            const auto why = refused.constFind(step.units[i]);
            ++outcome.matched;
            if (why == refused.constEnd()) {
                ++outcome.changed;
                continue;
            }
            outcome.skipped.push_back({step.ids[i], *why});
            part.add(step, i);
        }
        if (part.ids.isEmpty())
            continue;
        const QJsonObject rest{{u"table"_s, step.table},
                               {u"change"_s, step.change},
                               {u"version"_s, step.version},
                               {u"ids"_s, QJsonArray::fromStringList(part.ids)},
                               {u"units"_s, QJsonArray::fromStringList(part.units)},
                               {u"befores"_s, QJsonArray::fromStringList(part.befores)},
                               {u"afters"_s, QJsonArray::fromStringList(part.afters)}};
        const auto kept = m_connection.run(
            m_sql.imports->importKeep.text(),
            {{u"journal"_s, entry.value},
             {u"place"_s, step.place},
             {u"before"_s, QString::fromUtf8(QJsonDocument(rest).toJson(QJsonDocument::Compact))}});
        if (!kept)
            return kept.error();
    }
    return {};
}

} // namespace queuedeck::store
