// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

base::Result<Verdict> checkAnswer(Ground& ground)
{
    QElapsedTimer took;
    took.start();
    const auto rows = ground.ask(ground.sql().rowsUpTo, {{u"limit"_s, 0}});
    if (!rows && rows.error().kind == base::ErrorKind::Timeout)
        return good(Sentence::tr("slow: more than %1 ms").arg(took.elapsed())); // perhaps a lock
    if (!rows)
        return rows.error();
    return good(Sentence::tr("%1 ms").arg(qMax<qint64>(1, took.elapsed())));
}

} // namespace queuedeck::diagnosis
