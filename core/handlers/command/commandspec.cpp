// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/commandspec.h"

#include "core/base/sentence.h"
#include "core/domain/jsonmembers.h"
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
constexpr int kMostAtOnce = 1000;
constexpr int kMostPerMinute = 100'000;

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

// Leaves `number` as it is where the file has no such key.
base::Status readNumber(const QJsonObject& object, const QString& key, int most, int& number)
{
    if (!object.contains(key))
        return {};
    const double value = object[key].toDouble(-1);
    if (!(value >= 1 && value <= most) || value != std::floor(value))
        return invalid(
            Sentence::tr("\"%1\" must be a whole number from 1 to %2.").arg(key).arg(most));
    number = int(value);
    return {};
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
    static const QStringList kKeys{u"command"_s, u"timeoutSeconds"_s, u"schema"_s, u"concurrency"_s,
                                   u"perMinute"_s};
    for (const QString& key : object.keys()) {
        if (!kKeys.contains(key))
            return invalid(Sentence::tr("\"%1\" is not known; \"command\", \"timeoutSeconds\", "
                                        "\"schema\", \"concurrency\" and \"perMinute\" are.")
                               .arg(key));
    }

    CommandSpec spec;
    spec.type = type;
    auto command = commandOf(object["command"_L1]);
    if (!command)
        return command.error();
    spec.command = std::move(*command);
    int seconds = int(spec.timeout.count());
    for (const base::Status& read :
         {readNumber(object, u"timeoutSeconds"_s, kLongestTimeout, seconds),
          readNumber(object, u"concurrency"_s, kMostAtOnce, spec.concurrency),
          readNumber(object, u"perMinute"_s, kMostPerMinute, spec.perMinute)}) {
        if (!read)
            return read.error();
    }
    spec.timeout = std::chrono::seconds(seconds);
    if (object.contains("schema"_L1)) {
        if (!object["schema"_L1].isObject())
            return invalid(Sentence::tr("\"schema\" must be a JSON Schema, which is an object."));
        const QJsonObject schema = object["schema"_L1].toObject();
        if (const base::Status usable = domain::checkSchema(schema); !usable)
            return usable.error();
        // As it is written: a form shows its fields in that order.
        const QString text = QString::fromUtf8(json);
        for (const domain::JsonMember& member : domain::membersOf(text)) {
            if (member.key == "schema"_L1)
                spec.schema = member.valueIn(text).toUtf8();
        }
    }
    return spec;
}

} // namespace queuedeck::handlers
