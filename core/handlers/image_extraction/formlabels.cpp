// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/formlabels.h"

#include "core/handlers/image_extraction/formdates.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <optional>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFlags =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

struct KnownLabel
{
    FormField field;
    QRegularExpression words;
};

const QList<KnownLabel>& knownLabels()
{
    const auto label = [](FormField field, const QString& words) {
        return KnownLabel{field,
                          QRegularExpression(u"^(?:%1)(?![\\p{L}\\d])"_s.arg(words), kFlags)};
    };
    static const QList<KnownLabel> labels = {
        label(FormField::Number,
              u"(?:(?:liquor |alcohol(?:ic beverage)? |retail )?(?:licen[sc]e|lic\\.?|permit|"
              u"certificate|registration|serial))\\s*(?:/"
              u"\\s*permit\\s*)?(?:number|numb|no\\.?|nr\\.?|num\\.?|"
              u"id|#|№)|lic\\s?#|(?:number|no\\.)(?=\\s*:)"_s),
        label(
            FormField::Type,
            u"(?:licen[sc]e|lic\\.?|permit)\\s*(?:type|class(?:ification)?|category|kind)|type of "
            u"(?:licen[sc]e|permit)|class(?:ification| of licen[sc]e)?|type(?=\\s*(?:[:.]|$))|"
            u"category|privileges?"_s),
        label(
            FormField::TradeName,
            u"trade name(?:\\s*\\(?dba\\)?)?|d\\s?[./]?\\s?b\\s?[./]?\\s?a\\.?(?:\\s*name)?|doing business as"_s),
        label(FormField::Business,
              u"(?:business|establishment|premises?|company|firm|entity) name|name of "
              u"(?:business|establishment|premises?)|business(?=\\s*:)|establishment(?=\\s*:)"_s),
        label(
            FormField::Licensee,
            u"(?:name of )?(?:licen[sc]ee|permittee|permit holder|licen[sc]e holder|owner|holder|"
            u"applicant)(?:\\s*name)?|(?:issued|granted|licensed) to|legal name|name(?=\\s*(?::|$))"_s),
        label(
            FormField::Expires,
            u"(?:date of )?expir(?:ation|y|es|ing)(?:\\s*date)?(?:\\s*on)?|exp\\.?(?:\\s*date)?|"
            u"valid (?:until|thru|through|to)|(?:good )?through|end date|renewal date|date expires|to(?=\\s*:)"_s),
        label(
            FormField::Issued,
            u"(?:date of )?issue(?:d|ance)?(?:\\s*(?:date|on))?|date(?:\\s*of)? issued?|"
            u"effective(?:\\s*(?:date|from))?|valid from|start date|original issue date|granted on|"
            u"from(?=\\s*:)"_s),
        label(
            FormField::Term,
            u"(?:licen[sc]e |permit )?(?:term|period|valid(?:ity)?)(?:\\s*(?:period|dates?))?(?=\\s*(?:[:\\d]|$))"_s),
        label(FormField::Address,
              u"(?:(?:premises?|business|location|street|mailing|physical|licensed|site|"
              u"establishment)"
              u"\\s*)?(?:address|location)(?: of (?:premises?|business))?|(?:licensed )?premises?"
              u"(?=\\s*(?::|$))|located at"_s),
        label(FormField::Restrictions,
              u"(?:licen[sc]e )?(?:restrictions?|conditions?|limitations?|endorsements?)"
              u"(?:\\s*(?:and|&|/)\\s*(?:restrictions?|conditions?))?"_s),
        label(FormField::Notes, u"(?:notes?|remarks?|comments?)(?=\\s*(?::|$))"_s),
        label(FormField::State, u"state(?=\\s*(?::|$))|jurisdiction"_s),
        label(FormField::Other,
              u"(?:county|city|fees?(?: paid)?|phone|telephone|seating(?: capacity)?|capacity|"
              u"copies|account|dup|area code|status|signature|director|commissioner|chair(?:man)?|"
              u"authorized by|issued by|hours(?: of sale)?)(?=\\s*(?::|$))|issued by"_s),
    };
    return labels;
}

struct Entry
{
    Piece piece; ///< the rest of the label, or a value
    std::optional<FormField> label;
    bool used = false;
};

/// Cuts off the label that the text begins with. Without a colon, the rest must not look like
/// prose.
std::optional<FormField> cutLabel(QString& text)
{
    for (const KnownLabel& known : knownLabels()) {
        const QRegularExpressionMatch match = known.words.match(text);
        if (!match.hasMatch())
            continue;
        static const QRegularExpression sign(
            u"^\\s*(?:\\((?:s|es|if any)\\))?\\s*[:.#\\-–]*\\s*"_s);
        const QString rest = text.mid(match.capturedLength());
        QString value = rest;
        value.remove(sign);
        const bool colon = rest.trimmed().startsWith(u':') || rest.trimmed().startsWith(u'#');
        const bool prose = !colon && !value.isEmpty() && value.at(0).isLower();
        if (prose)
            return std::nullopt;
        text = value;
        return known.field;
    }
    return std::nullopt;
}

/// A line with several labels is several entries: "ISSUE DATE EXPIRATION DATE", "Class: A Lic #:
/// 1".
QList<Entry> entriesOf(const QList<Piece>& pieces)
{
    QList<Entry> entries;
    for (const Piece& piece : pieces) {
        Piece rest = piece;
        std::optional<FormField> label = cutLabel(rest.text);
        while (label) {
            Piece value = rest;
            qsizetype next = -1;
            for (qsizetype at = 0; at < rest.text.size() && next < 0; ++at) {
                if (at > 0 && rest.text.at(at - 1) != u' ')
                    continue;
                QString behind = rest.text.mid(at);
                const QString whole = behind;
                const std::optional<FormField> other = cutLabel(behind);
                const bool colon = whole.left(whole.size() - behind.size()).contains(u':');
                if (other &&
                    (colon || (at == 0 && behind.isEmpty()) || (at == 0 && *other != *label) ||
                     (!datesIn(rest.text.left(at)).isEmpty() && !datesIn(behind).isEmpty())))
                    next = at;
            }
            if (next < 0) {
                entries.append({value, label, false});
                break;
            }
            value.text = rest.text.left(next).trimmed();
            const double share = double(piece.text.size() - rest.text.size() + next) /
                                 double(std::max<qsizetype>(1, piece.text.size()));
            value.box.setRight(piece.box.left() + piece.box.width() * share);
            entries.append({value, label, false});
            rest.box.setLeft(value.box.right());
            rest.text = rest.text.mid(next);
            label = cutLabel(rest.text);
        }
        if (!label)
            entries.append({rest, std::nullopt, false});
    }
    return entries;
}

bool overlaps(const QRectF& one, const QRectF& other)
{
    const double shared = std::min(one.right(), other.right()) - std::max(one.left(), other.left());
    return shared > 0.3 * std::min(one.width(), other.width()) ||
           std::abs(one.left() - other.left()) < 1.2 * std::max(one.height(), other.height());
}

qsizetype valueOf(const QList<Entry>& entries, qsizetype label)
{
    const QRectF& box = entries.at(label).piece.box;
    if (box.isNull()) {
        const qsizetype next = label + 1;
        return next < entries.size() && !entries.at(next).label ? next : -1;
    }
    // Right of the label first; another label there means that the values are below.
    qsizetype right = -1;
    for (qsizetype at = 0; at < entries.size(); ++at) {
        const QRectF& other = entries.at(at).piece.box;
        if (at != label && !other.isNull() && sameRow(box, other) &&
            other.left() >= box.right() - 4 &&
            (right < 0 || other.left() < entries.at(right).piece.box.left()))
            right = at;
    }
    if (right >= 0 && !entries.at(right).label)
        return right;
    qsizetype below = -1;
    for (qsizetype at = 0; at < entries.size(); ++at) {
        const QRectF& other = entries.at(at).piece.box;
        const double gap = other.top() - box.bottom();
        if (at != label && !other.isNull() && gap > -0.3 * box.height() &&
            gap < 3.5 * box.height() && overlaps(box, other) &&
            (below < 0 || other.top() < entries.at(below).piece.box.top() - 2))
            below = at;
    }
    return below >= 0 && !entries.at(below).label ? below : -1;
}

bool mayContinue(FormField field)
{
    return field == FormField::Address || field == FormField::Restrictions ||
           field == FormField::Notes;
}

/// Adds the further lines below `from` that belong to the same value.
void addFurtherLines(QList<Entry>& entries, qsizetype from, QStringList& lines)
{
    for (int count = 0; count < 6; ++count) {
        qsizetype next = -1;
        for (qsizetype at = 0; at < entries.size() && next < 0; ++at) {
            const Entry& entry = entries.at(at);
            const QRectF& own = entries.at(from).piece.box;
            const bool fits =
                own.isNull() ? at == from + 1
                             : directlyBelow(own, entry.piece.box, 1.4) &&
                                   std::abs(own.left() - entry.piece.box.left()) < 2 * own.height();
            if (at != from && !entry.used && !entry.label && fits)
                next = at;
        }
        if (next < 0)
            return;
        lines << entries.at(next).piece.text;
        entries[next].used = true;
        from = next;
    }
}

} // namespace

QMap<FormField, QStringList> formValues(const QList<Piece>& pieces)
{
    QList<Entry> entries = entriesOf(pieces);
    QMap<FormField, QStringList> values;
    for (qsizetype at = 0; at < entries.size(); ++at) {
        if (!entries.at(at).label)
            continue;
        const FormField field = *entries.at(at).label;
        QStringList lines;
        qsizetype last = at;
        if (!entries.at(at).piece.text.isEmpty()) {
            lines << entries.at(at).piece.text;
        } else if (const qsizetype value = valueOf(entries, at); value >= 0) {
            // A row of values read as one line belongs to a row of labels; the parser takes its
            // part.
            const bool shares = field == FormField::Issued || field == FormField::Expires ||
                                field == FormField::Type;
            if (entries.at(value).used && !shares)
                continue;
            lines << entries.at(value).piece.text;
            entries[value].used = true;
            last = value;
        }
        if (!lines.isEmpty() && mayContinue(field))
            addFurtherLines(entries, last, lines);
        if (!lines.isEmpty() && !values.contains(field))
            values.insert(field, lines);
    }
    // Text without a label is left for guessing.
    QStringList rest;
    for (const Entry& entry : std::as_const(entries)) {
        if (!entry.label && !entry.used)
            rest << entry.piece.text;
    }
    values.insert(FormField::Other, rest);
    return values;
}

} // namespace queuedeck::handlers
