// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/commandspec.h"

#include "core/base/sentence.h"
#include "core/domain/jsontext.h"
#include "core/domain/payloadschema.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kLongestTimeout = 86'400;

base::Error invalid(const base::Sentence& why)
{
    return fail(ErrorKind::Invalid, why);
}

base::Status checkType(const QString& type)
{
    static const QRegularExpression kType(u"\\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\\z"_s);
    if (kType.match(type).hasMatch())
        return {};
    return invalid(
        Sentence::tr("The name of the file is not a job type: a type is 1 to 64 letters, digits, "
                     "\"_\", \"-\" and \".\", and begins with a letter or a digit."));
}

base::Result<QStringList> commandOf(const QJsonValue& value)
{
    const QJsonArray list = value.toArray();
    if (list.isEmpty())
        return invalid(
            Sentence::tr("\"command\" must be a list of a program and its arguments, as in "
                         "[\"/usr/bin/python3\", \"/path/handler.py\"]."));
    QStringList command;
    for (const QJsonValue& word : list) {
        if (!word.isString() || word.toString().contains(QChar(0)))
            return invalid(
                Sentence::tr("Each word of \"command\" must be a text without a NUL character."));
        command += word.toString();
    }
    const QString program = command.first();
    if (!program.startsWith(u'/'))
        return invalid(
            Sentence::tr("The program \"%1\" must be named by its whole path, beginning with /.")
                .arg(program));
    const QFileInfo file(program);
    if (!file.exists())
        return invalid(Sentence::tr("There is no program %1.").arg(program));
    if (!file.isFile() || !file.isExecutable())
        return invalid(Sentence::tr("%1 is not an executable file.").arg(program));
    return command;
}

base::Result<std::chrono::seconds> timeoutOf(const QJsonValue& value)
{
    const double seconds = value.toDouble(-1);
    if (!(seconds >= 1 && seconds <= kLongestTimeout) || seconds != std::floor(seconds))
        return invalid(Sentence::tr("\"timeoutSeconds\" must be a whole number from 1 to 86400."));
    return std::chrono::seconds(int(seconds));
}
} // namespace

base::Result<CommandSpec> parseCommandSpec(const QString& type, const QByteArray& json)
{
    if (const base::Status named = checkType(type); !named)
        return named.error();
    const auto document = domain::parseJson(json, u"It"_s);
    if (!document)
        return document.error();
    if (!document->isObject())
        return invalid(Sentence::tr("It must be a JSON object."));
    const QJsonObject object = document->object();
    for (const QString& key : object.keys()) {
        if (key != "command"_L1 && key != "timeoutSeconds"_L1 && key != "schema"_L1)
            return invalid(Sentence::tr("\"%1\" is not known; \"command\", \"timeoutSeconds\" and "
                                        "\"schema\" are.")
                               .arg(key));
    }

    CommandSpec spec;
    spec.type = type;
    auto command = commandOf(object["command"_L1]);
    if (!command)
        return command.error();
    spec.command = std::move(*command);
    if (object.contains("timeoutSeconds"_L1)) {
        const auto timeout = timeoutOf(object["timeoutSeconds"_L1]);
        if (!timeout)
            return timeout.error();
        spec.timeout = *timeout;
    }
    if (object.contains("schema"_L1)) {
        if (!object["schema"_L1].isObject())
            return invalid(Sentence::tr("\"schema\" must be a JSON Schema, which is an object."));
        const QJsonObject schema = object["schema"_L1].toObject();
        if (const base::Status usable = domain::checkSchema(schema); !usable)
            return usable.error();
        spec.schema = QJsonDocument(schema).toJson(QJsonDocument::Indented);
    }
    return spec;
}

} // namespace queuedeck::handlers
