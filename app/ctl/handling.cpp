// SPDX-License-Identifier: GPL-3.0-or-later
// handlers: which types run here, what runs them, and which handler files are not used.
#include "app/ctl/commands.h"
#include "core/service/localhandlers.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
QJsonObject handlerJson(const service::LocalHandler& handler)
{
    QJsonObject object{
        {u"type"_s, handler.type.isEmpty() ? QJsonValue() : QJsonValue(handler.type)},
        {u"source"_s, handler.file.isEmpty() ? u"built-in"_s : u"file"_s},
        {u"problem"_s, handler.isUsed() ? QJsonValue() : QJsonValue(handler.problem)}};
    if (!handler.file.isEmpty())
        object[u"file"_s] = handler.file;
    if (!handler.command.isEmpty())
        object[u"command"_s] = QJsonArray::fromStringList(handler.command);
    if (handler.concurrency > 0)
        object[u"concurrency"_s] = handler.concurrency;
    if (handler.perMinute > 0)
        object[u"perMinute"_s] = handler.perMinute;
    return object;
}

QString sourceText(const service::LocalHandler& handler)
{
    if (handler.file.isEmpty())
        return u"built in"_s;
    if (!handler.isUsed())
        return visible(u"not used: "_s + handler.problem);
    QString text = visible(handler.command.join(u' '));
    if (handler.concurrency > 0)
        text += u", at most %1 at a time"_s.arg(handler.concurrency);
    if (handler.perMinute > 0)
        text += u", at most %1 a minute"_s.arg(handler.perMinute);
    return text;
}
} // namespace

Done run(Context& context, const Handlers&)
{
    const QVector<service::LocalHandler> handlers = service::readLocalHandlers();
    QJsonArray list;
    QVector<QStringList> rows;
    bool isAnyRefused = false;
    for (const service::LocalHandler& handler : handlers) {
        list += handlerJson(handler);
        rows +=
            {visible(handler.type.isEmpty() ? handler.file : handler.type), sourceText(handler)};
        isAnyRefused |= !handler.isUsed();
    }
    if (context.console.isJson()) {
        context.console.json(
            QJsonObject{{u"folder"_s, service::handlersFolder()}, {u"handlers"_s, list}});
    } else {
        context.console.line(table({u"TYPE"_s, u"RUN BY"_s}, rows));
        context.console.note(u"Your own handlers: %1"_s.arg(visible(service::handlersFolder())));
    }
    return isAnyRefused ? kWorkFailed : kDone;
}

} // namespace queuedeck::ctl
