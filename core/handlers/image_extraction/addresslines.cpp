// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/addresslines.h"

#include <QHash>
#include <QRegularExpression>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFlags =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

const QHash<QString, QString>& states()
{
    static const QHash<QString, QString> names = [] {
        const QString table =
            u"AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;"
            u"DE Delaware;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;"
            u"KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;"
            u"MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;"
            u"NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;"
            u"NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;"
            u"RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;"
            u"VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;"
            u"DC District of Columbia"_s;
        QHash<QString, QString> result;
        for (const QString& row : table.split(u';'))
            result.insert(row.mid(3), row.left(2));
        return result;
    }();
    return names;
}

QString statePattern()
{
    static const QString pattern = QStringList(states().keys()).join(u'|');
    return pattern;
}

const QRegularExpression& cityPattern()
{
    static const QRegularExpression pattern(
        // Portland, OR 97209-1204; Seattle, Washington 98107
        u"\\b(?:[A-Z]{2}\\.?|%1),?\\s+\\d{5}(?:\\s?-\\s?\\d{4})?$"
        u"|\\b(?:[A-Z]{2}\\.?|%1),?\\s+\\d{5}(?:-\\d{4})?\\s*,"
        // BA1 2QT, M3 4LZ; K1A 0B1
        u"|\\b[A-Z]{1,2}\\d[A-Z\\d]?\\s?\\d[A-Z]{2}\\b|\\b[A-Z]\\d[A-Z]\\s?\\d[A-Z]\\d\\b"
        // 50674 Köln, D-50674 Köln, A-5020 Salzburg, 1012 AB Amsterdam
        u"|(?:^|,\\s*)(?:(?:D|A|CH|F|E|I|B|L|DE|AT|FR|ES)\\s?-\\s?)?\\d{4,5}(?:\\s[A-Z]{2})?\\s+["
        u"\\p{Lu}]"
        u"[\\p{L}'’.\\- ]+"_s.arg(statePattern()),
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

const QRegularExpression& streetPattern()
{
    static const QRegularExpression pattern(
        u"(?:^|,\\s*)\\d+[\\d\\-/"
        u"]*[a-z]?\\s.*\\b(?:street|st|avenue|ave|road|rd|lane|ln|blvd|boulevard|way|drive|"
        u"dr|court|ct|place|pl|square|sq|row|walk|wharf|pier|highway|hwy|parkway|pkwy|circle|cir|"
        u"terrace|ter|trail|crescent|mews|gardens|close|hill|park|quay|broadway|plaza|alley|loop|"
        u"yard|green|route|rt|bridge|bend|path|pike)\\b"
        u"|\\b(?:p\\.?\\s?o\\.?\\s?box|postfach|apartado|boite postale|b\\.?p\\.?)\\s+\\d"
        u"|\\brr\\s?\\d+\\s+box\\s+\\d"
        u"|(?:stra(?:ß|ss|B)e|str\\.|weg|platz|allee|gasse|ring|ufer|damm|markt|chaussee|hof|steig)"
        u"\\s+\\d+\\s?[a-z]?\\b"
        u"|^(?:am|im|an der|in der|auf der|zum|zur)\\s+\\p{L}+.*\\d+\\s?[a-z]?$"
        u"|^\\d*\\s?(?:bis|ter)?,?\\s?(?:rue|avenue|av\\.|boulevard|bd|chemin|route|quai|place|all["
        u"ée]e|"
        u"impasse|cours|passage|square|faubourg)\\s+(?:de|du|des|d'|l|\\p{L})"
        u"|^(?:calle|c/|avenida|avda\\.?|av\\.|paseo|plaza|pza\\.?|carrer|camino|ronda|gran v[ií]a|"
        u"via|viale|piazza|corso|rua|praça)\\s+"_s,
        kFlags);
    return pattern;
}

/// Whether a line next to recognised address lines may be one too.
bool couldContinue(const QString& text)
{
    static const QRegularExpression numbered(
        u"^\\d+[a-z]?[ ,]\\s?\\p{L}|\\p{L}\\s+\\d+[a-z]?$|,$"_s, kFlags);
    static const QRegularExpression since(u"\\b(?:since|seit|depuis|desde|est\\.?|established|"
                                          u"licen[sc]e|lic|reg|vat|ust)\\b|#"_s,
                                          kFlags);
    return numbered.match(text).hasMatch() && !since.match(text).hasMatch();
}

/// The address within a line that begins with something else, such as "| 1180 Harbor Street".
QString withoutEdges(QString text)
{
    static const QRegularExpression edges(u"^[\\s,;:.|\\-–]+|[\\s,;:|\\-–]+$"_s);
    bool alone = false;
    QString rest = text;
    if (takeLabel(rest, alone) == Label::Address)
        text = rest;
    text.remove(edges);
    // No street has a B among lower-case letters, and no address a degree sign.
    static const QRegularExpression sharpS(u"(?<=\\p{Ll})B(?=e|\\b)"_s,
                                           QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression ordinal(u"(?<=\\d)°"_s);
    return text.replace(sharpS, u"ß"_s).replace(ordinal, u"º"_s).simplified();
}

qsizetype anchorOf(const QList<Piece>& pieces)
{
    qsizetype anchor = -1;
    int best = 0;
    for (qsizetype at = 0; at < pieces.size(); ++at) {
        const AddressParts parts = addressParts(withoutEdges(pieces.at(at).text));
        const bool sure = parts.city && !pieces.at(at).text.at(0).isDigit();
        const int score =
            (parts.city ? 4 : 0) + (sure ? 4 : 0) + (parts.street ? 3 : 0) + (parts.unit ? 1 : 0);
        if (score > best && score >= 3) {
            best = score;
            anchor = at;
        }
    }
    return anchor;
}

/// "2200 Magazine Street | New Orleans, LA 70130": two pieces of one printed line.
bool followsInRow(const Piece& left, const Piece& right)
{
    if (left.box.isNull() || right.box.isNull() || !sameRow(left.box, right.box))
        return false;
    const double gap = right.box.left() - left.box.right();
    return right.order == left.order + 1 && gap >= 0 && gap < 2 * right.box.height();
}

} // namespace

AddressParts addressParts(const QString& text)
{
    static const QRegularExpression unit(
        u"\\b(?:suite|ste\\.?|unit|apt\\.?|room|building|bldg\\.?|piso|planta|b[âa]timent|bat\\.|"
        u"[ée]tage|stock|og)\\s?#?\\s?\\w{1,4}\\b|\\b(?:floor|fl\\.?|level)\\s+\\d+|\\d+(?:st|nd|"
        u"rd|th)\\s+"
        u"floor\\b|\\d+(?:er|e|ème)\\s+[ée]tage\\b|^#\\s?\\d+$"_s,
        kFlags);
    static const QRegularExpression country(
        u"(?:^|,\\s*)(?:u\\.?s\\.?a?\\.?|united states(?: of america)?|united "
        u"kingdom|u\\.?k\\.?|england|scotland|"
        u"wales|ireland|deutschland|germany|[öo]sterreich|austria|schweiz|switzerland|suisse|"
        u"france|"
        u"espa[ñn]a|spain|italia|italy|portugal|nederland|the netherlands|belgique|belgium|canada|"
        u"m[ée]xico|australia|new zealand)$"_s,
        kFlags);
    AddressParts parts;
    parts.street = streetPattern().match(text).hasMatch();
    // "1180 Harbor Street" begins like "5020 Salzburg".
    const QRegularExpressionMatch city = cityPattern().match(text);
    parts.city = city.hasMatch() && !(parts.street && city.capturedStart() == 0);
    parts.unit = unit.match(text).hasMatch();
    parts.country = country.match(text).hasMatch();
    return parts;
}

QString takeAddress(QList<Piece>& pieces)
{
    const qsizetype anchor = anchorOf(pieces);
    if (anchor < 0)
        return {};
    QList<qsizetype> taken = {anchor};
    const AddressParts first = addressParts(withoutEdges(pieces.at(anchor).text));
    bool street = first.street;
    bool city = first.city;
    const auto nearest = [&pieces, &taken](qsizetype from, bool above) {
        qsizetype best = -1;
        for (qsizetype at = 0; at < pieces.size(); ++at) {
            if (taken.contains(at))
                continue;
            const bool beside = above ? followsInRow(pieces.at(at), pieces.at(from))
                                      : followsInRow(pieces.at(from), pieces.at(at));
            if (beside && addressParts(withoutEdges(pieces.at(at).text)).any())
                return at;
            const QRectF& box = pieces.at(at).box;
            const QRectF& own = pieces.at(from).box;
            const bool fits = box.isNull() || own.isNull() ? at == from + (above ? -1 : 1)
                              : above                      ? directlyBelow(box, own, 1.6)
                                                           : directlyBelow(own, box, 1.6);
            if (fits &&
                (best < 0 || std::abs(box.center().x() - own.center().x()) <
                                 std::abs(pieces.at(best).box.center().x() - own.center().x())))
                best = at;
        }
        return best;
    };
    for (const bool above : {true, false}) {
        for (qsizetype from = anchor;;) {
            const qsizetype next = nearest(from, above);
            if (next < 0)
                break;
            const QString text = withoutEdges(pieces.at(next).text);
            const AddressParts parts = addressParts(text);
            // A house number with a misread street looks like a postcode with a town.
            const bool house = above && !street && parts.city && text.at(0).isDigit();
            const bool again =
                (parts.city && city && !house) || (parts.street && street && !parts.unit);
            const bool plain = !parts.any() && !street && above && couldContinue(text);
            if (again || !(parts.any() || plain))
                break;
            street = street || parts.street || plain || house;
            city = city || parts.city;
            if (above)
                taken.prepend(next);
            else
                taken.append(next);
            from = next;
        }
    }
    QStringList parts;
    for (const qsizetype at : std::as_const(taken)) {
        parts << withoutEdges(pieces.at(at).text);
        pieces[at].text.clear();
    }
    pieces.removeIf([](const Piece& piece) { return piece.text.isEmpty(); });
    return parts.join(u", "_s);
}

QString stateCode(const QString& name)
{
    for (auto it = states().cbegin(); it != states().cend(); ++it) {
        if (it.key().compare(name, Qt::CaseInsensitive) == 0)
            return it.value();
    }
    return {};
}

QString stateNameIn(const QString& text)
{
    // Tries West Virginia before Virginia.
    static const QRegularExpression pattern(
        u"\\b(?:West Virginia|District of Columbia|%1)\\b"_s.arg(statePattern()), kFlags);
    const QString found = pattern.match(text).captured();
    for (auto it = states().cbegin(); it != states().cend(); ++it) {
        if (it.key().compare(found, Qt::CaseInsensitive) == 0)
            return it.key();
    }
    return {};
}

QString stateCodeIn(const QString& address)
{
    static const QRegularExpression pattern(u"\\b([A-Z]{2}),?\\s+\\d{5}(?:-\\d{4})?\\b"_s);
    const QString code = pattern.match(address).captured(1);
    for (auto it = states().cbegin(); it != states().cend(); ++it) {
        if (it.value() == code)
            return code;
    }
    return {};
}

} // namespace queuedeck::handlers
