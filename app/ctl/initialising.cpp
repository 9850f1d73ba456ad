// SPDX-License-Identifier: GPL-3.0-or-later
// init: makes the tables of a database, or prints the SQL that would.
#include "app/ctl/commands.h"
#include "core/db/databaseurl.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
base::Result<QString> migrationSql(const QString& address)
{
    db::Dialect dialect = db::Dialect::Sqlite;
    if (!address.isEmpty()) {
        const auto url = db::DatabaseUrl::parse(address);
        if (!url)
            return url.error();
        dialect = url->dialect;
    }
    const QString name = dialect == db::Dialect::Sqlite ? u"sqlite"_s : u"postgres"_s;
    const QDir folder(u":/migrations/"_s + name);
    QString sql;
    for (const QString& step : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(step));
        if (!file.open(QIODevice::ReadOnly))
            return base::fail(base::ErrorKind::Internal,
                              u"The SQL file %1 is missing."_s.arg(file.fileName()));
        // Steps are separated by a line with a semicolon, the last one has none.
        sql += QString::fromUtf8(file.readAll()).trimmed() + u"\n;\n\n"_s;
    }
    if (sql.isEmpty())
        return base::fail(base::ErrorKind::Unsupported,
                          u"This build has no tables for %1."_s.arg(name));
    return sql.trimmed();
}
} // namespace

Done run(Context& context, const Init& init)
{
    if (init.printSql) {
        const auto sql = migrationSql(context.address);
        if (!sql)
            return tl::unexpected(Failure(sql.error()));
        if (context.console.isJson())
            context.console.json({{u"sql"_s, *sql}});
        else
            context.console.line(*sql);
        return kDone;
    }
    const auto session = openSession(context, Access::Create);
    if (!session)
        return tl::unexpected(session.error());
    const service::SessionInfo& info = (*session)->info();
    if (context.console.isJson())
        context.console.json(
            {{u"database"_s, info.address}, {u"server"_s, info.server}, {u"mode"_s, info.mode}});
    else
        context.console.line(u"%1 is ready (%2)."_s.arg(visible(info.address), info.server));
    return kDone;
}

} // namespace queuedeck::ctl
