// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/word_count/wordcounthandler.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using engine::TaskResult;

TaskResult WordCountHandler::run(const engine::Task& task)
{
    const QStringList lines = task.payload["text"_L1].toString().split(u'\n');
    const int longest = task.payload["longest"_L1].toInt(1000);
    qsizetype words = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (task.stop.stop_requested()) // cancelled, or the engine ends: the job is handed back
            return TaskResult::postponed(u"It was stopped."_s);
        if (lines[i].size() > longest)
            return TaskResult::unrecoverable(
                u"Line %1 has more than %2 characters."_s.arg(i + 1).arg(longest));
        words += lines[i].split(u' ', Qt::SkipEmptyParts).size();
        task.report(double(i + 1) / double(lines.size()), u"line %1"_s.arg(i + 1));
    }
    return TaskResult::completed(QJsonObject{{u"words"_s, words}});
}

} // namespace queuedeck::handlers
