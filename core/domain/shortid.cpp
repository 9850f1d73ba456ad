// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/shortid.h"

#include <algorithm>

namespace queuedeck::domain {

namespace {
constexpr qsizetype kWhole = kMostOfShortId; ///< ids up to this length are shown whole
constexpr qsizetype kHead = 4;
constexpr qsizetype kTail = 6;
constexpr qsizetype kBlock = 8; ///< the first block of a uuid

bool isHex(QChar c)
{
    const QChar lower = c.toLower();
    return (c >= u'0' && c <= u'9') || (lower >= u'a' && lower <= u'f');
}

// The version digit of a uuid, '4' for random; null if it is no uuid.
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
    // Never splits a surrogate pair.
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
    case u'1': // the first block is the fast-changing end of its clock
    case u'3': // hashed or random throughout
    case u'4':
    case u'5': return id.left(kBlock);
    case u'6': return QChar(u'…') + id.mid(9, 9); // the fast-changing end of the clock
    default: break;
    }
    return ends(id, kHead, kTail);
}

} // namespace queuedeck::domain
