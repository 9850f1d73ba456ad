// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/addresslines.h"
#include "core/handlers/image_extraction/cardfields.h"
#include "core/handlers/image_extraction/cardwords.h"
#include "core/handlers/image_extraction/formdates.h"
#include "core/handlers/image_extraction/formlabels.h"

#include <QRegularExpression>

#include <cmath>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kCase = QRegularExpression::CaseInsensitiveOption;

/// The first part of the text that can be a licence number: digits, possibly with letters and
/// signs.
QString numberIn(const QString& text)
{
    static const QRegularExpression pattern(
        u"(?<![\\w])(?:[A-Z]{1,5}[ \\-]?)?\\d[\\dA-Z]*(?:[\\-/.][A-Z\\d]+)*"_s);
    QString plain = text;
    for (const PrintedDate& date : datesIn(text))
        plain.replace(date.start, date.length, QString(date.length, u' '));
    const QString found = pattern.match(plain).captured();
    static const QRegularExpression digit(u"\\d"_s);
    return found.count(digit) >= 3 ? found : QString();
}

QString isoDate(const QStringList& lines, qsizetype which)
{
    const QList<PrintedDate> dates = datesIn(lines.join(u' '));
    const qsizetype at = which < 0 ? dates.size() - 1 : which;
    return at >= 0 && at < dates.size() ? dates.at(at).date.toString(Qt::ISODate) : QString();
}

QString headingType(const QStringList& rest)
{
    static const QRegularExpression heading(u"(?:licen[sc]e|permit)$"_s, kCase);
    static const QRegularExpression plain(
        u"^(?:state |official )?(?:liquor |alcohol(?:ic)? (?:beverages? )?)?(?:licen[sc]e|permit)$"_s,
        kCase);
    for (const QString& line : rest) {
        if (heading.match(line).hasMatch() && !plain.match(line).hasMatch() && line.size() < 60)
            return line;
    }
    return {};
}

QString businessAmong(const QStringList& rest)
{
    static const QRegularExpression office(u"\\b(?:department|commission|authority|board|division|"
                                           u"bureau|state of|commonwealth|control|"
                                           u"licen[sc]e|permit|certif|county of|city of)\\b"_s,
                                           kCase);
    for (const QString& line : rest) {
        if (hasCompanySuffix(line) && !office.match(line).hasMatch())
            return line;
    }
    for (const QString& line : rest) {
        if (companyWords(line) > 0 && line.size() < 60 && !office.match(line).hasMatch() &&
            !line.endsWith(u'.'))
            return line;
    }
    return {};
}

QString stateOf(const QList<Piece>& pieces, const QStringList& printed, const QString& address)
{
    if (const QString name = stateNameIn(printed.join(u' ')); !name.isEmpty())
        return name;
    static const QRegularExpression issuer(
        u"\\b(?:state|commonwealth|commission|department|authority|board|control|alcohol\\w*|liquor)\\b"_s,
        kCase);
    for (const Piece& piece : pieces) {
        const QString name = stateNameIn(piece.text);
        if (!name.isEmpty() && issuer.match(piece.text).hasMatch())
            return name;
    }
    if (!printed.isEmpty() && printed.first().size() == 2)
        return printed.first().toUpper();
    if (const QString code = stateCodeIn(address); !code.isEmpty())
        return code;
    for (const Piece& piece : pieces) {
        if (const QString name = stateNameIn(piece.text); !name.isEmpty())
            return name;
    }
    return {};
}

void put(QJsonObject& fields, const QString& key, const QString& value)
{
    static const QRegularExpression edges(u"^[\\s|,;:_~*\\-]+|[\\s|,;:_~*\\-]+$"_s);
    const QString text = tidied(QString(value).remove(edges));
    if (!text.isEmpty())
        fields.insert(key, text);
}

/// Dates without a label: the earlier is the issue date, the later the expiry date.
void guessDates(const QList<Piece>& pieces, QString& issued, QString& expiry)
{
    QStringList all;
    for (const Piece& piece : pieces) {
        for (const PrintedDate& date : datesIn(piece.text))
            all << date.date.toString(Qt::ISODate);
    }
    all.sort();
    if (all.isEmpty())
        return;
    if (expiry.isEmpty() && all.last() != issued && all.size() > 1)
        expiry = all.last();
    if (issued.isEmpty() && all.first() != expiry && all.size() > 1)
        issued = all.first();
}

} // namespace

QJsonObject liquorLicenseFields(const QVector<TextLine>& lines)
{
    QList<Piece> pieces = piecesOf(lines);
    const QMap<FormField, QStringList> values = formValues(pieces);
    const auto value = [&values](FormField field) { return values.value(field).join(u' '); };
    const QStringList rest = values.value(FormField::Other);

    QString number = numberIn(value(FormField::Number));
    static const QRegularExpression named(
        u"\\b(?:licen[sc]e|lic|permit)\\.?\\s*(?:no\\.?|number|#|nr\\.?)\\s*:?\\s*(\\S+)"_s, kCase);
    for (qsizetype at = 0; number.isEmpty() && at < pieces.size(); ++at)
        number = numberIn(named.match(pieces.at(at).text).captured(1));

    static const QRegularExpression bare(
        u"^[A-Z]{1,4}[\\- ]?\\d{4,}(?:-[A-Z\\d]+)*$|^\\d{2,}-\\d{4,}$"_s);
    for (qsizetype at = 0; number.isEmpty() && at < rest.size(); ++at) {
        if (bare.match(rest.at(at)).hasMatch() && datesIn(rest.at(at)).isEmpty())
            number = rest.at(at);
    }

    QString business = value(FormField::Business);
    for (const FormField next : {FormField::TradeName, FormField::Licensee}) {
        if (business.isEmpty())
            business = value(next);
    }
    if (business.isEmpty())
        business = businessAmong(rest);

    QString type = value(FormField::Type);
    if (!number.isEmpty() && type.startsWith(number)) // one row of values below one row of labels
        type = type.mid(number.size()).trimmed();
    if (type.isEmpty())
        type = headingType(rest);

    const QStringList term = values.value(FormField::Term);
    const QStringList issuedLines = values.value(FormField::Issued);
    const QStringList expiryLines = values.value(FormField::Expires);
    QString issued = isoDate(issuedLines, 0);
    QString expiry = isoDate(expiryLines, expiryLines == issuedLines ? -1 : 0);
    if (issued.isEmpty() && !term.isEmpty())
        issued = isoDate(term, 0);
    if (expiry.isEmpty() && !term.isEmpty())
        expiry = isoDate(term, -1);
    if (expiry.isEmpty() && datesIn(issuedLines.join(u' ')).size() == 2)
        expiry = isoDate(issuedLines, 1);
    if (issued.isEmpty() || expiry.isEmpty())
        guessDates(pieces, issued, expiry);

    QStringList addressLines = values.value(FormField::Address);
    for (QString& line : addressLines)
        line.remove(QRegularExpression(u"[\\s,;]+$"_s));
    QString address = addressLines.join(u", "_s);
    if (address.isEmpty())
        address = takeAddress(pieces);

    QJsonObject fields;
    put(fields, u"licenseNumber"_s, number);
    put(fields, u"businessName"_s, business);
    put(fields, u"licenseType"_s, type);
    put(fields, u"issuedDate"_s, issued);
    put(fields, u"expiryDate"_s, expiry);
    put(fields, u"state"_s, stateOf(pieces, values.value(FormField::State), address));
    put(fields, u"address"_s, address);
    put(fields, u"restrictions"_s, value(FormField::Restrictions));
    put(fields, u"notes"_s, value(FormField::Notes));

    const auto has = [&fields](QLatin1String key) { return fields.contains(key) ? 1.0 : 0.0; };
    const double seen = 0.3 * has("licenseNumber"_L1) + 0.3 * has("businessName"_L1) +
                        0.1 * has("licenseType"_L1) + 0.1 * has("expiryDate"_L1) +
                        0.05 * has("issuedDate"_L1) + 0.05 * has("state"_L1) +
                        0.1 * has("address"_L1);
    const double confidence = fields.isEmpty() ? 0 : seen * readingConfidence(lines);
    fields.insert("confidence"_L1, std::round(confidence * 100) / 100);
    return fields;
}

} // namespace queuedeck::handlers
