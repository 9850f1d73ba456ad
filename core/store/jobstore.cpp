// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobstore.h"

#include "core/store/initialising.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using db::Dialect;
using db::OpenMode;

JobStore::JobStore(std::unique_ptr<Base> base, const base::Clock& clock, const Effects& effects)
    : jobs(*base->connection, base->shape, clock, effects)
    , additions(*base->connection, base->shape, clock)
    , changes(*base->connection, base->shape, clock, effects)
    , journal(*base->connection, base->shape, clock)
    , leases(*base->connection, base->shape, clock, effects)
    , scans(*base->connection, base->shape, clock)
    , reports(*base->connection, base->shape)
    , enrichments(*base->connection, base->shape)
    , spend(*base->connection, sqlText(base->shape.dialect, base->shape.isGuest()))
    , history(*base->connection, base->shape, clock)
    , historyReader(*base->connection, base->shape, clock)
    , m_base(std::move(base))
{
}

base::Result<std::unique_ptr<JobStore>> JobStore::open(const db::DatabaseUrl& url, OpenMode mode,
                                                       const base::Clock& clock,
                                                       const Effects& effects)
{
    auto opened = db::Connection::open(url, mode);
    if (!opened)
        return opened.error();
    db::Connection& connection = **opened;
    if (mode == OpenMode::Create) {
        if (const base::Status done = makeWhatIsMissing(connection); !done)
            return done.error();
    }
    auto shape = readTableShape(connection);
    if (!shape)
        return shape.error();
    if (shape->isGuest() && shape->dialect == Dialect::Sqlite)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("The database %1 has a table Job, but not yet Queuedeck's own tables. "
                         "`queuedeckctl --db … init` adds them; nothing else is altered.")
                .arg(url.display()));
    if (!shape->isGuest()) {
        if (const base::Status current = checkVersion(connection); !current)
            return current.error();
    }
    if (const auto prepared = connection.run(sqlText(shape->dialect).tables.prepareSession.text());
        !prepared)
        return prepared.error();
    return std::unique_ptr<JobStore>(new JobStore(
        std::make_unique<Base>(Base{std::move(*opened), std::move(*shape)}), clock, effects));
}

base::Status JobStore::initialise(const db::DatabaseUrl& url)
{
    auto connection =
        db::Connection::open(url, url.isThere() ? OpenMode::ReadWrite : OpenMode::Create);
    if (!connection)
        return connection.error();
    return makeWhatIsMissing(**connection);
}

QString JobStore::initialSql(const db::DatabaseUrl& url)
{
    return sqlToMake(url);
}

int JobStore::companionTables()
{
    return companionCount();
}

std::vector<domain::Statement> JobStore::statements() const
{
    std::vector<domain::Statement> all;
    for (const Sql* sql : sqlList(shape().dialect, shape().isGuest()))
        all.push_back({sql->name(), db::filled(sql->text(), m_base->connection->words())});
    return all;
}

base::Result<QString> serverVersion(db::Connection& connection)
{
    const bool isSqlite = connection.dialect() == Dialect::Sqlite;
    const auto rows =
        connection.run(isSqlite ? u"SELECT sqlite_version()"_s : u"SHOW server_version"_s);
    if (!rows)
        return rows.error();
    return (isSqlite ? u"SQLite "_s : u"PostgreSQL "_s) + (*rows)[0].text(0).section(u' ', 0, 0);
}

base::Result<bool> mayCreateTables(db::Connection& connection)
{
    connection.setWords({{u"own"_s, companionPrefix(connection.url())}});
    const auto rows = connection.run(sqlText(connection.dialect()).tables.mayCreate.text());
    if (!rows)
        return rows.error();
    return (*rows)[0].boolean(0);
}

} // namespace queuedeck::store
