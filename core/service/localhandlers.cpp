// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/localhandlers.h"

#include "core/base/logging.h"
#include "core/domain/payloadschema.h"
#include "core/handlers/command/commandfolder.h"
#include "core/handlers/command/commandhandler.h"
#include "core/handlers/handlers.h"
#include "core/service/handlertables.h"
#include "core/service/home.h"
#include "core/service/samplehandlers.h"

#include <QSet>

#include <mutex>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

HandlerTables readHandlerTables(bool isSample)
{
    HandlerTables made;
    QStringList builtIn;
    for (const auto& [type, factory] : handlers::builtInHandlers({})) {
        builtIn += type;
        made.list += {type, {}, {}, {}};
    }
    const QString folder = handlersFolder();
    handlers::CommandFolder found = handlers::readCommandFolder(folder, builtIn);
    if (isSample)
        addSampleHandlers(found.specs);
    QHash<QString, QByteArray> schemas;
    for (const handlers::CommandSpec& spec : std::as_const(found.specs)) {
        made.own[spec.type] = [spec] { return std::make_unique<handlers::CommandHandler>(spec); };
        made.list += {spec.type,        folder + u'/' + spec.type + u".json"_s,
                      spec.command,     {},
                      spec.concurrency, spec.perMinute};
        if (const engine::TypeLimit limit{spec.concurrency, spec.perMinute}; limit.isAny())
            made.limits[spec.type] = limit;
        schemas[spec.type] = spec.schema;
    }
    for (const handlers::CommandFolder::Problem& problem : found.problems)
        made.list += {problem.type, problem.file, {}, problem.reason};
    std::stable_sort(made.list.begin(), made.list.end(),
                     [](const LocalHandler& a, const LocalHandler& b) { return a.type < b.type; });
    domain::setOwnSchemas(schemas);
    return made;
}

QString handlersFolder()
{
    return homeFolder() + u"/handlers.d"_s;
}

QVector<LocalHandler> readLocalHandlers()
{
    return readHandlerTables().list;
}

void logProblems(const QVector<LocalHandler>& handlers)
{
    static std::mutex s_mutex;
    static QSet<QString> s_told;
    const std::lock_guard lock(s_mutex);
    for (const LocalHandler& handler : handlers) {
        const QString sentence = problemsOf({handler});
        if (sentence.isEmpty() || s_told.contains(sentence))
            continue;
        s_told.insert(sentence);
        qCWarning(lcHandlers).noquote() << sentence;
    }
}

QStringList typesOf(const QVector<LocalHandler>& handlers)
{
    QStringList types;
    for (const LocalHandler& handler : handlers) {
        if (handler.isUsed())
            types += handler.type;
    }
    return types;
}

QString problemsOf(const QVector<LocalHandler>& handlers, const QString& type)
{
    QStringList sentences;
    for (const LocalHandler& handler : handlers) {
        // A problem with the folder concerns every type.
        if (!handler.isUsed() && (type.isEmpty() || handler.type.isEmpty() || handler.type == type))
            sentences +=
                handler.file.isEmpty()
                    ? base::Sentence::tr("Jobs of %1 stay pending: %2")
                          .arg(handler.type, handler.problem)
                    : base::Sentence::tr("%1 is not used: %2").arg(handler.file, handler.problem);
    }
    return sentences.join(u'\n');
}

} // namespace queuedeck::service
