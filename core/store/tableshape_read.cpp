// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the catalog and evaluates what it finds: one reading in steps that share what they found,
// and therefore one file.
#include "core/base/sentence.h"
#include "core/store/companions.h"
#include "core/store/neededcolumns.h"
#include "core/store/sqltext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using db::Dialect;

namespace {
using Column = TableShape::Column;
using Table = TableShape::Table;

class ShapeReading
{
public:
    explicit ShapeReading(db::Connection& connection)
        : m_connection(connection)
        , m_sql(sqlText(connection.dialect()).tables)
        , m_where(connection.url().display())
    {
        m_shape.dialect = connection.dialect();
        m_shape.schema = connection.url().schema;
        m_shape.jobName = connection.url().table;
    }

    base::Result<TableShape> run()
    {
        m_shape.companions = companionPrefix(m_connection.url()); // a guess, until they are found
        m_connection.setWords(m_shape.words());
        for (const auto step :
             {&ShapeReading::readColumns, &ShapeReading::readCompanions, &ShapeReading::readFacts,
              &ShapeReading::readLosses, &ShapeReading::readTimes}) {
            if (const base::Status done = (this->*step)(); !done)
                return done.error();
        }
        m_connection.setWords(m_shape.words());
        return std::move(m_shape);
    }

private:
    base::Status readColumns()
    {
        const auto rows = m_connection.run(m_sql.columns.text());
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            Table& table = row.boolean(0) ? m_shape.job : m_shape.scan;
            const QString kind = row.text(1);
            table.exists = true;
            table.isPlain = kind == "r"_L1 || kind == "w"_L1;
            table.isPartitioned = kind == "p"_L1;
            table.hasRowNumbers = kind != "w"_L1;
            table.isStrict = rows->columns() > 12 && row.boolean(12);
            table.columns.push_back({row.text(2), row.text(3), row.text(4), row.text(5),
                                     int(row.integer(6)), !row.boolean(7), row.boolean(8),
                                     row.boolean(9), row.boolean(10), labels(row.text(11))});
        }
        if (m_shape.job.exists)
            return {};
        return nothingHere();
    }

    static QStringList labels(const QString& json)
    {
        QStringList labels;
        for (const QJsonValue& label : QJsonDocument::fromJson(json.toUtf8()).array())
            labels += label.toString();
        return labels;
    }

    // The worst advice would be to create a second, empty queue beside the real one.
    base::Error nothingHere()
    {
        const auto others = similarTables(m_connection);
        if (!others)
            return others.error();
        const bool isSqlite = m_shape.dialect == Dialect::Sqlite;
        QString sentence =
            isSqlite
                ? Sentence::tr("The database %1 has no table %2.").arg(m_where, m_shape.jobName)
                : Sentence::tr("The database %1 has no table %2 in the schema %3, or this "
                               "user may not look into it.")
                      .arg(m_where, m_shape.jobName, m_shape.schema);
        if (others->isEmpty())
            return base::fail(ErrorKind::NotFound,
                              sentence + Sentence::tr(" `queuedeckctl --db … init` creates it."));
        QStringList found;
        QStringList keys;
        for (const SimilarTable& other : *others) {
            found += other.name();
            QStringList parts;
            if (!isSqlite && other.schema != "public"_L1)
                parts += u"schema="_s + other.schema;
            if (other.table != "Job"_L1)
                parts += u"table="_s + other.table;
            keys += u'?' + parts.join(u'&');
        }
        return base::fail(
            ErrorKind::NotFound,
            sentence + Sentence::tr(" There is %1: add %2 to the address to use it. Do not run "
                                    "init, which would make a second, empty queue.")
                           .arg(found.join(u", "_s), keys.join(u" or "_s)));
    }

    base::Status readCompanions()
    {
        auto found = findCompanions(m_connection);
        if (!found)
            return found.error();
        m_companions = *found;
        if (m_companions.areThere)
            m_shape.companions = m_companions.prefix;
        else
            m_shape.mode = domain::QueueMode::Guest;
        return {};
    }

    base::Status readFacts()
    {
        const auto facts = m_connection.run(m_sql.facts.text());
        if (!facts)
            return facts.error();
        const db::Rows::Row fact = (*facts)[0];
        if (m_companions.areThere)
            m_shape.mode = fact.boolean(0) ? domain::QueueMode::Own : domain::QueueMode::Beside;
        if (!fact.boolean(1))
            return base::fail(
                ErrorKind::Denied,
                Sentence::tr("This user may not read the table %3 of %1. Its owner can allow it: "
                             "GRANT SELECT ON \"%3\" TO \"%2\".")
                    .arg(m_where, m_connection.url().user, m_shape.jobName));
        m_shape.mayReadScans = fact.boolean(4);
        m_shape.mayChangeScans = fact.boolean(5);
        m_shape.hasRowSecurity = fact.boolean(8);
        m_shape.foldsByIcu = fact.boolean(9) && fact.boolean(10);
        judgeColumns();
        if (m_shape.changesOff.isEmpty()) {
            if (fact.boolean(7))
                m_shape.changesOff = Sentence::tr("The server is a read-only replica.");
            else if (!fact.boolean(2))
                m_shape.changesOff =
                    Sentence::tr("This user may read the table Job, but not change it.");
            else if (m_companions.areThere && !m_companions.mayWrite)
                m_shape.changesOff =
                    Sentence::tr("This user may read Queuedeck's own tables, but not change them.");
        }
        if (fact.boolean(7))
            m_shape.enqueueOff = Sentence::tr("The server is a read-only replica.");
        else if (!fact.boolean(3) && m_shape.enqueueOff.isEmpty())
            m_shape.enqueueOff = Sentence::tr("This user may not add rows to the table Job.");
        m_shape.hasTimeIndex = fact.boolean(6);
        if (!fact.boolean(11))
            m_shape.deleteOff =
                Sentence::tr("This user may not delete rows of the table %1.").arg(m_shape.jobName);
        noteWhatMatters(fact.boolean(6));
        return {};
    }

    void noteWhatMatters(bool isIndexed)
    {
        if (!isIndexed && m_shape.job.isPlain)
            m_shape.notes +=
                Sentence::tr(
                    "The table %1 has no index on (status, createdAt), so lists and claims read "
                    "it as a whole. CREATE INDEX CONCURRENTLY \"%1_status_createdAt_idx\" ON "
                    "\"%1\" (\"status\", \"createdAt\") makes them quick.")
                    .arg(m_shape.jobName);
        if (m_shape.hasRowSecurity)
            m_shape.notes +=
                Sentence::tr("Row level security applies to this user: jobs that it hides are "
                             "neither shown nor counted, and changes it forbids are skipped.");
        if (!m_shape.scan.exists)
            m_shape.notes += Sentence::tr("There is no table ImageScan: scans are not shown.");
        else if (!m_shape.mayReadScans)
            m_shape.notes += Sentence::tr("This user may not read ImageScan: scans are not shown.");
        else if (!m_shape.mayChangeScans)
            m_shape.notes +=
                Sentence::tr("This user may not change ImageScan: scans do not follow their jobs.");
        if (!m_shape.mayReadScans)
            m_shape.scan = {};
    }

    void judgeColumns()
    {
        QStringList missing;
        QStringList odd;
        for (const NeededColumn& needed : neededOfJob()) {
            const Column* column = m_shape.job.column(needed.name);
            if (!column)
                missing += needed.name;
            else if (m_shape.dialect == Dialect::Postgres && !isWritable(needed, *column))
                odd += oddity(needed, *column);
        }
        const Table& job = m_shape.job;
        if (!missing.isEmpty())
            m_shape.changesOff =
                Sentence::tr("The table Job has no column %1.").arg(missing.join(u", "_s));
        else if (job.isPartitioned)
            m_shape.changesOff = m_shape.enqueueOff = Sentence::tr(
                "Job is a partitioned table, which Queuedeck shows but does not change.");
        else if (!odd.isEmpty())
            m_shape.changesOff =
                Sentence::tr("In the table Job, the column %1, which Queuedeck cannot write.")
                    .arg(odd.join(u", "_s));
        else if (!job.isPlain)
            m_shape.changesOff = m_shape.enqueueOff =
                Sentence::tr("Job is a view and not a table.");
        judgeAdding();
    }

    static QString oddity(const NeededColumn& needed, const Column& column)
    {
        Sentence what = Sentence::tr("%1 is of the type %2").arg(needed.name, column.type);
        if (column.isGenerated)
            return u"%1 is generated"_s.arg(needed.name);
        if (needed.name == "status"_L1 && column.isEnum()) {
            QStringList lacking;
            for (const QString& word :
                 {u"pending"_s, u"processing"_s, u"completed"_s, u"failed"_s}) {
                if (!column.labels.contains(word))
                    lacking += word;
            }
            what += Sentence::tr(" without the label %1").arg(lacking.join(u", "_s));
        }
        return what;
    }

    void judgeAdding()
    {
        const Column* id = m_shape.job.column(u"id"_s);
        if (id && !m_shape.idsAreUuids() && !m_shape.idsAreTexts())
            m_shape.enqueueOff =
                Sentence::tr("The ids of Job are numbers, which only the web application assigns.");
        if (id && id->mostCharacters > 0 && id->mostCharacters < 36)
            m_shape.enqueueOff =
                Sentence::tr("The ids of Job are of the type %1, too short for a uuid.")
                    .arg(id->type);
        for (const Column& column : std::as_const(m_shape.job.columns)) {
            static const QStringList written{u"id"_s,     u"type"_s,     u"payload"_s,
                                             u"status"_s, u"attempts"_s, u"createdAt"_s};
            const bool isFilled =
                column.isNullable || column.hasDefault || column.isGenerated || column.isIdentity;
            if (!written.contains(column.name) && !isFilled)
                m_shape.enqueueOff =
                    Sentence::tr("The table Job has a column %1 that must be filled, and Queuedeck "
                                 "does not know with what.")
                        .arg(column.name);
        }
        const Column* payload = m_shape.job.column(u"payload"_s);
        if (m_shape.dialect == Dialect::Postgres && payload && !payload->base.startsWith("json"_L1))
            m_shape.notes +=
                Sentence::tr(
                    "The column payload is of the type %1, not JSON: filters on the payload find "
                    "nothing.")
                    .arg(payload->type);
    }

    void loses(const Sentence& what)
    {
        if (!m_shape.lostByDelete.contains(what)) // a table may refer to it in two columns
            m_shape.lostByDelete += what;
    }

    // What undoing a delete does not restore.
    base::Status readLosses()
    {
        const auto references = m_connection.run(m_sql.references.text());
        if (!references)
            return references.error();
        for (size_t i = 0; i < references->size(); ++i) {
            const db::Rows::Row row = (*references)[i];
            const QString action = row.text(1).toLower();
            const Sentence what = row.isNull(2) ? Sentence::tr("the job")
                                                : Sentence::tr("one of %1").arg(row.text(2));
            if (action == "c"_L1 || action == "cascade"_L1)
                loses(Sentence::tr("rows of %1 that name %2 go with it").arg(row.text(0), what));
            else if (action == "n"_L1 || action == "d"_L1 || action.startsWith("set"_L1))
                loses(Sentence::tr("rows of %1 no longer name %2").arg(row.text(0), what));
        }
        const auto triggers = m_connection.run(m_sql.deleteTriggers.text());
        if (!triggers)
            return triggers.error();
        for (size_t i = 0; i < triggers->size(); ++i)
            m_shape.lostByDelete +=
                Sentence::tr("what the trigger %1 does stays done").arg((*triggers)[i].text(0));
        return {};
    }

    // The form in which this file stores its times.
    base::Status readTimes()
    {
        const auto& files = sqlText(m_shape.dialect).files;
        const bool hasTimes =
            m_shape.job.column(u"createdAt"_s) && m_shape.job.column(u"completedAt"_s);
        if (!files || !hasTimes || !m_shape.job.isPlain)
            return {};
        m_connection.setWords(m_shape.words());
        const auto odd = m_connection.run(files->hasOddTimes.text());
        if (!odd)
            return odd.error();
        m_shape.timesAreOurs = m_shape.mode == domain::QueueMode::Own && !(*odd)[0].boolean(0);
        if (m_shape.timesAreOurs)
            return {};
        const auto sample = m_connection.run(files->timeSample.text());
        if (!sample)
            return sample.error();
        m_shape.createdForm = formIn(*sample, 0, u"createdAt"_s);
        m_shape.completedForm = formIn(*sample, 1, u"completedAt"_s);
        m_shape.scanForm = m_shape.completedForm; // one program writes both tables
        return {};
    }

    // The form of the newest readable value; for an empty column, what its type requires or the
    // other column uses.
    TimeForm formIn(const db::Rows& sample, int column, const QString& name) const
    {
        const bool takesNumbersOnly =
            m_shape.job.isStrict && m_shape.job.column(name)->base.contains("int"_L1);
        for (size_t i = 0; i < sample.size(); ++i) {
            if (const auto form = timeFormOf(sample[i].value(column)))
                return *form;
        }
        if (column == 1 && (takesNumbersOnly == (m_shape.createdForm >= TimeForm::Milliseconds)))
            return m_shape.createdForm;
        return takesNumbersOnly || m_shape.job.column(name)->base.contains("int"_L1)
                   ? TimeForm::Milliseconds
                   : TimeForm::Ours;
    }

    db::Connection& m_connection;
    const TablesSql& m_sql;
    const QString m_where;
    TableShape m_shape;
    Companions m_companions;
};
} // namespace

QString SimilarTable::name() const
{
    return schema.isEmpty() ? table : schema + u'.' + table;
}

base::Result<QVector<SimilarTable>> similarTables(db::Connection& connection)
{
    const auto rows = connection.run(sqlText(connection.dialect()).tables.similarTables.text());
    if (!rows)
        return rows.error();
    QVector<SimilarTable> found;
    for (size_t i = 0; i < rows->size(); ++i)
        found += {(*rows)[i].text(0), (*rows)[i].text(1)};
    return found;
}

base::Result<TableShape> readTableShape(db::Connection& connection)
{
    return ShapeReading(connection).run();
}

} // namespace queuedeck::store
