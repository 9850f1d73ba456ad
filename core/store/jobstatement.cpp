// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobstatement.h"

#include "core/db/words.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

QString statementReading(JobStore& store, const domain::JobIds& ids)
{
    QStringList quoted;
    for (const domain::JobId& id : ids)
        quoted += u'\'' + QString(id.value).replace(u'\'', u"''"_s) + u'\'';
    // The words first: an id may look like one.
    return db::filled(u"SELECT * FROM {job} WHERE \"id\" IN ("_s, store.connection().words()) +
           quoted.join(u", "_s) + u");\n"_s;
}

} // namespace queuedeck::store
