// SPDX-License-Identifier: GPL-3.0-or-later
// views: the saved views of a database.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/parser.h"
#include "core/service/jobservice.h"
#include "core/service/viewstore.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace viewstore = service::viewstore;

namespace {
Failure unreadable(const service::SavedViews& saved)
{
    return base::fail(base::ErrorKind::Invalid, saved.problem);
}

Done list(Context& context, service::Session& session)
{
    const service::SavedViews saved = viewstore::read();
    if (!saved.problem.isEmpty())
        return tl::unexpected(unreadable(saved));
    QVector<QStringList> rows;
    for (const domain::SavedView& view : domain::viewsFor(saved.views, session.info().key)) {
        const QString where = view.isPreset()             ? u"preset"_s
                              : view.connection.isEmpty() ? u"every"_s
                                                          : u"this"_s;
        if (context.console.isJson())
            context.console.json(QJsonObject{
                {u"name"_s, QString(view.name)}, {u"query"_s, view.query}, {u"for"_s, where}});
        else
            rows += {visible(view.name), where, visible(view.query)};
    }
    if (!context.console.isJson())
        context.console.line(table({u"NAME"_s, u"FOR"_s, u"QUERY"_s}, rows));
    return kDone;
}

Done report(Context& context, const base::Result<int>& count, const QString& verb)
{
    if (!count)
        return tl::unexpected(Failure(count.error()));
    if (context.console.isJson())
        context.console.json(QJsonObject{{verb, *count}});
    else
        context.console.line(*count == 1 ? u"1 view %1."_s.arg(verb)
                                         : u"%1 views %2."_s.arg(*count).arg(verb));
    return kDone;
}
} // namespace

tl::expected<QString, Failure> viewQuery(const QString& name, const service::Session& session)
{
    const service::SavedViews saved = viewstore::read();
    if (!saved.problem.isEmpty() && !domain::findView(domain::presetViews(), name))
        return tl::unexpected(unreadable(saved));
    const domain::SavedViewList views = domain::viewsFor(saved.views, session.info().key);
    if (const domain::SavedView* const view = domain::findView(views, name))
        return view->query;
    Failure failure(base::fail(
        base::ErrorKind::NotFound,
        base::Sentence::tr("There is no view %1. See \"queuedeckctl views\".").arg(name)));
    failure.code = kWrongInput;
    return tl::unexpected(failure);
}

Done run(Context& context, const Views& views)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    const QString key = (*session)->info().key;
    switch (views.task) {
    case Views::Task::List: break;
    case Views::Task::Import:
        return report(context, await(viewstore::importFrom(views.file, key)), u"imported"_s);
    case Views::Task::Export: {
        Done done = report(context, await(viewstore::exportTo(views.file, key, views.force)),
                           u"exported"_s);
        if (!done && done.error().error.kind == base::ErrorKind::Conflict) {
            done.error().hint = u"--force overwrites it."_s;
            done.error().code = kRefused;
        }
        return done;
    }
    }
    return list(context, **session);
}

void Parser::addViews()
{
    CLI::App* views =
        command("views", "List the saved views of this database, or import or export them.",
                "  queuedeckctl views\n"
                "  queuedeckctl list --view 'Failed last hour'\n"
                "  queuedeckctl views export -o views.json\n"
                "  queuedeckctl views import views.json",
                [] { return Views{}; });
    CLI::App* exporting = views->add_subcommand("export", "Write your own views to a file.");
    exporting->fallthrough();
    exporting->add_option("-o,--output", m_values.folder, "The file")
        ->type_name("FILE")
        ->required();
    exporting->add_flag("--force", m_values.force, "Overwrite an existing file");
    CLI::App* importing =
        views->add_subcommand("import", "Add the views of a file, each under a free name.");
    importing->fallthrough();
    importing->add_option("FILE", m_values.id, "A file that was exported")->required();
    // Before "views" itself, which is parsed too.
    const auto before = m_commands.end() - 1;
    m_commands.insert(
        before, {{exporting,
                  [this] {
                      return Views{Views::Task::Export, text(m_values.folder), m_values.force};
                  }},
                 {importing, [this] {
                      return Views{Views::Task::Import, text(m_values.id), false};
                  }}});
}

} // namespace queuedeck::ctl
