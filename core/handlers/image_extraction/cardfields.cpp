// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardfields.h"

#include "core/handlers/image_extraction/addresslines.h"
#include "core/handlers/image_extraction/emailaddresses.h"
#include "core/handlers/image_extraction/roles.h"
#include "core/handlers/image_extraction/rolescores.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

void put(QJsonObject& fields, const QString& key, const QString& value)
{
    static const QRegularExpression edges(u"^[\\s|,;:_~*]+|[\\s|,;:_~*]+$"_s);
    const QString text = tidied(QString(value).remove(edges));
    if (!text.isEmpty())
        fields.insert(key, text);
}

/// e1eanor@ is eleanor@ when the card is Eleanor's.
QString mendedLocal(const QString& email, const QString& name)
{
    const QString local = email.section(u'@', 0, 0);
    static const QRegularExpression digit(u"[01]"_s);
    if (!local.contains(digit))
        return email;
    QString mended = local;
    mended.replace(u'1', u'l').replace(u'0', u'o');
    const QString plain = folded(mended);
    for (const QString& word : name.split(QRegularExpression(u"[\\s\\-]+"_s), Qt::SkipEmptyParts)) {
        const QString part = folded(word);
        if (part.size() >= 3 && plain.contains(part) && !folded(local).contains(part))
            return mended + u'@' + email.section(u'@', 1);
    }
    return email;
}

} // namespace

double readingConfidence(const QVector<TextLine>& lines)
{
    double sum = 0;
    double letters = 0;
    for (const TextLine& line : lines) {
        if (line.confidence <= 0)
            continue;
        const double share = line.confidence > 1 ? line.confidence / 100 : line.confidence;
        sum += share * double(line.text.size());
        letters += double(line.text.size());
    }
    return letters > 0 ? std::clamp(sum / letters, 0.0, 1.0) : 1.0;
}

QJsonObject businessCardFields(const QVector<TextLine>& lines)
{
    QList<Piece> pieces = piecesOf(lines);
    Contacts contacts = takeContacts(pieces);
    const QString address = takeAddress(pieces);
    const Roles roles = chooseRoles(pieces, contacts);
    if (contacts.email.isEmpty())
        contacts.email = readingOfName(contacts.doubtfulEmail, roles.name);
    contacts.email = mendedLocal(contacts.email, roles.name);

    QJsonObject fields;
    put(fields, u"name"_s, roles.name);
    put(fields, u"title"_s, roles.title);
    put(fields, u"company"_s, roles.company);
    put(fields, u"phone"_s, contacts.phone);
    put(fields, u"email"_s, contacts.email);
    put(fields, u"address"_s, address);
    put(fields, u"website"_s, contacts.website);

    // The share of the usual fields that was found, weighted by the recogniser's confidence.
    const auto has = [&fields](QLatin1String key) { return fields.contains(key) ? 1.0 : 0.0; };
    const double seen = 0.35 * roles.nameScore + 0.2 * roles.companyScore + 0.1 * has("title"_L1) +
                        0.15 * has("phone"_L1) + 0.15 * has("email"_L1) +
                        0.05 * std::max(has("address"_L1), has("website"_L1));
    const double confidence = fields.isEmpty() ? 0 : seen * readingConfidence(lines);
    fields.insert("confidence"_L1, std::round(confidence * 100) / 100);
    return fields;
}

} // namespace queuedeck::handlers
