// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/shortid.h"

#include <algorithm>

namespace queuedeck::domain {

namespace {
constexpr qsizetype kWhole = kMostOfShortId; ///< so long an id is shown as it is
constexpr qsizetype kHead = 4;
constexpr qsizetype kTail = 6;
constexpr qsizetype kBlock = 8; ///< the first one of a uuid

bool isHex(QChar c)
{
    const QChar lower = c.toLower();
    return (c >= u'0' && c <= u'9') || (lower >= u'a' && lower <= u'f');
}

// The digit that tells how it was made, '4' for by chance; null when it is no uuid.
QChar uuidVersion(const QString& id)
{
    if (id.size() != 36)
        return {};
    for (qsizetype i = 0; i < id.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? id[i] != u'-' : !isHex(id[i]))
            return {};
    }
    return id[14];
}

QString ends(const QString& id, qsizetype head, qsizetype tail)
{
    // Never half of a character beyond U+FFFF.
    if (id[head - 1].isHighSurrogate())
        --head;
    if (id[id.size() - tail].isLowSurrogate())
        --tail;
    return id.left(head) + QChar(u'…') + id.right(tail);
}
} // namespace

QString shortId(const QString& id)
{
    if (id.size() <= kWhole)
        return id;
    switch (uuidVersion(id).unicode()) {
    case u'1': // the first block is the fast end of its clock
    case u'3': // hashed or by chance throughout
    case u'4':
    case u'5': return id.left(kBlock);
    case u'6': return QChar(u'…') + id.mid(9, 9); // the fast end of the clock
    default: break;
    }
    return ends(id, kHead, kTail);
}

} // namespace queuedeck::domain
