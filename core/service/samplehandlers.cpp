// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/samplehandlers.h"

#include "core/handlers/command/commandhandler.h"
#include "core/service/home.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
// A shell script, as a file in handlers.d would name one. The schema lets only digits through.
const QString kScript = uR"(
labels=$(sed -n 's/.*"labels": *\([0-9]*\).*/\1/p')
i=0
while [ "$i" -lt "$labels" ]; do
    i=$((i + 1))
    echo "progress $(awk "BEGIN { print $i / $labels }") label $i of $labels" >&2
    sleep 0.4
done
echo "{\"printed\": $labels}"
)"_s;

const QByteArray kSchema = R"({
  "title": "Label printing",
  "description": "A sample of a type of your own: a shell script.",
  "type": "object",
  "required": ["labels"],
  "properties": {
    "labels": { "title": "Labels", "type": "integer", "minimum": 1, "maximum": 500, "default": 40 }
  }
})";
} // namespace

bool isSampleDatabase(const db::DatabaseUrl& url)
{
    return url.dialect == db::Dialect::Sqlite && url.path == demoDatabase();
}

void addSampleHandlers(QVector<handlers::CommandSpec>& specs)
{
    for (const handlers::CommandSpec& spec : std::as_const(specs)) {
        if (spec.type == kSampleType)
            return; // the user's own comes first
    }
    handlers::CommandSpec sample;
    sample.type = kSampleType;
    sample.command = QStringList{u"/bin/sh"_s, u"-c"_s, kScript};
    sample.timeout = std::chrono::minutes(10);
    sample.schema = kSchema;
    sample.workingFolder = homeFolder();
    sample.concurrency = 1; // so that the others wait
    specs += sample;
}

} // namespace queuedeck::service
