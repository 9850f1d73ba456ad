// SPDX-License-Identifier: GPL-3.0-or-later
// init: creates a database's tables, or prints the SQL that would.
#include "app/ctl/commands.h"
#include "core/store/jobstore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
base::Result<db::DatabaseUrl> urlOf(const QString& address)
{
    return address.isEmpty() ? db::DatabaseUrl() : db::DatabaseUrl::parse(address);
}
} // namespace

Done run(Context& context, const Init& init)
{
    if (init.printSql) {
        const auto url = urlOf(context.address);
        if (!url)
            return tl::unexpected(Failure(url.error()));
        const QString sql = store::JobStore::initialSql(*url).trimmed();
        if (sql.isEmpty())
            return tl::unexpected(Failure(
                base::fail(base::ErrorKind::Unsupported,
                           base::Sentence::tr("This build cannot create such a database."))));
        if (context.console.isJson())
            context.console.json({{u"sql"_s, sql}});
        else
            context.console.line(sql);
        return kDone;
    }
    const auto session = openSession(context, Access::Create);
    if (!session)
        return tl::unexpected(session.error());
    const service::SessionInfo& info = (*session)->info();
    if (context.console.isJson())
        context.console.json({{u"database"_s, info.address},
                              {u"server"_s, info.server},
                              {u"mode"_s, domain::modeName(info.mode)}});
    else
        context.console.line(u"%1 is ready (%2)."_s.arg(visible(info.address), info.server));
    return kDone;
}

} // namespace queuedeck::ctl
