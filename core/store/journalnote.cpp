// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journalnote.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
QString orEmpty(const QString& text)
{
    return text.isNull() ? u""_s : text; // a null QString would become NULL
}
} // namespace

db::Params journalParams(const ChangeNote& note, const domain::JournalId& journal, qint64 msecs)
{
    return {{u"journal"_s, journal.value},
            {u"at"_s, msecs},
            {u"actor"_s, orEmpty(note.actor.user)},
            {u"host"_s, orEmpty(note.actor.host)},
            {u"action"_s, orEmpty(note.action)},
            {u"scope"_s, orEmpty(note.scope)},
            {u"undoes"_s, QVariant()}};
}

} // namespace queuedeck::store
