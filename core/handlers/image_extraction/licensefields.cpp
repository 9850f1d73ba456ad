// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardfields.h"
#include "core/handlers/image_extraction/contactpatterns.h"

#include <QDate>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
struct Label
{
    QString field;
    QRegularExpression pattern; ///< matches at the start of a line
    int rank = 0;               ///< the higher one wins where two labels give one field
};

Label label(const QString& field, const QString& words, int rank)
{
    return {field,
            QRegularExpression(u"^\\W*(?:%1)\\s*(?:[:.#]\\s*|$|(?=\\s\\S))"_s.arg(words),
                               QRegularExpression::CaseInsensitiveOption),
            rank};
}

const QVector<Label>& labels()
{
    static const QVector<Label> all{
        label(u"licenseType"_s,
              u"(?:licen[sc]e|permit)\\s*(?:type|class|category|classification)|type of (?:licen[sc]e|permit)|"
              "class(?:ification)?(?: of licen[sc]e)?|type"_s,
              3),
        label(u"licenseNumber"_s,
              u"(?:licen[sc]e|permit|certificate|serial|registration|abc)\\s*(?:no\\b|num(?:ber)?|nr|id|#)|"
              "(?:licen[sc]e|permit)(?=\\s*[:#])|serial(?=\\s*[:#])|no(?=\\s*[.:])"_s,
              2),
        label(u"issuedDate"_s,
              u"(?:date\\s*(?:of\\s*)?)?(?:issued?|issuance|effective|valid from|start)(?:\\s*(?:date|on))?"_s, 2),
        label(u"expiryDate"_s,
              u"(?:date\\s*(?:of\\s*)?)?(?:expir(?:es|ation|y)|valid (?:until|through|thru|to)|"
              "renewal due)(?:\\s*(?:date|on))?"_s,
              2),
        label(u"businessName"_s,
              u"business\\s*name|name of business|trade\\s*name|d\\s*/?\\s*b\\s*/?\\s*a\\b|doing business as|"
              "premises\\s*name|establishment(?:\\s*name)?|name of establishment|business(?=\\s*:)"_s,
              3),
        label(u"businessName"_s,
              u"licensee(?:\\s*name)?|name of licensee|permittee|licen[sc]e\\s*holder|holder|issued to|entity(?:\\s*name)?|"
              "owner(?:\\s*name)?|applicant|name(?=\\s*:|$)"_s,
              1),
        label(u"address"_s,
              u"(?:(?:business|premises|licensed|location|street|establishment)\\s*)*address|location(?: of premises)?|"
              "premises(?=\\s*:|$)|licensed premises"_s,
              2),
        label(u"restrictions"_s, u"restrictions?|conditions?|limitations?|privileges?"_s, 2),
        label(u"state"_s, u"state(?=\\s*:|$)|jurisdiction"_s, 1),
    };
    return all;
}

const Label* labelOf(const QString& text, QString* rest)
{
    const Label* best = nullptr;
    qsizetype longest = 0;
    for (const Label& candidate : labels()) {
        const auto match = candidate.pattern.match(text);
        if (match.hasMatch() && match.capturedLength() > longest) {
            longest = match.capturedLength();
            best = &candidate;
            *rest = text.mid(match.capturedLength()).trimmed();
        }
    }
    return best;
}

QString isoDate(const QString& text)
{
    static const QRegularExpression numbers(u"(\\d{1,4})\\s?[./-]\\s?(\\d{1,2})\\s?[./-]\\s?(\\d{2,4})"_s);
    static const QRegularExpression monthFirst(u"([A-Za-z]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})"_s);
    static const QRegularExpression dayFirst(u"(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+([A-Za-z]{3,9})\\.?,?[\\s-]+(\\d{4})"_s);
    QDate date;
    const auto month = [](const QString& word) {
        const QLocale english(QLocale::English);
        for (int i = 1; i <= 12; ++i) {
            if (english.standaloneMonthName(i, QLocale::LongFormat)
                    .startsWith(word.left(3), Qt::CaseInsensitive))
                return i;
        }
        return 0;
    };
    if (const auto m = monthFirst.match(text); m.hasMatch())
        date = QDate(m.captured(3).toInt(), month(m.captured(1)), m.captured(2).toInt());
    else if (const auto d = dayFirst.match(text); d.hasMatch())
        date = QDate(d.captured(3).toInt(), month(d.captured(2)), d.captured(1).toInt());
    else if (const auto n = numbers.match(text); n.hasMatch()) {
        int a = n.captured(1).toInt();
        int b = n.captured(2).toInt();
        int c = n.captured(3).toInt();
        if (n.captured(1).size() == 4) {
            date = QDate(a, b, c);
        } else {
            c += n.captured(3).size() == 2 ? 2000 : 0;
            date = a > 12 ? QDate(c, b, a) : QDate(c, a, b); // these are American forms
        }
    }
    return date.isValid() ? date.toString(Qt::ISODate) : QString();
}

/// Finds the value of each label: behind it, to its right, or below it.
class LicenseReader
{
public:
    explicit LicenseReader(const QVector<TextLine>& lines)
        : m_lines(lines)
        , m_used(lines.size(), false)
    {
        for (const TextLine& line : lines) {
            QString rest;
            const Label* found = labelOf(line.text, &rest);
            m_labels.push_back(found);
            m_rests.push_back(found ? rest : QString());
        }
    }

    QJsonObject read()
    {
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            if (m_labels[i])
                readLabel(i);
        }
        findState();
        if (!m_fields.isEmpty()) {
            double sum = 0;
            for (const double certainty : std::as_const(m_certainties))
                sum += certainty;
            const double read = m_certainties.isEmpty() ? 0.5 : sum / double(m_certainties.size());
            const double share = double(std::min<qsizetype>(m_fields.size(), 6)) / 6;
            m_fields.insert(u"confidence"_s,
                            std::round(std::clamp(read * (0.6 + 0.4 * share), 0.0, 1.0) * 100) / 100);
        }
        return m_fields;
    }

private:
    void set(const Label& label, const QString& text, double certainty)
    {
        QString value = text.simplified().left(300);
        if (label.field.endsWith("Date"_L1))
            value = isoDate(value);
        if (label.field == "licenseNumber"_L1) {
            static const QRegularExpression token(u"[A-Za-z0-9][A-Za-z0-9./-]*\\d[A-Za-z0-9./-]*(?:\\s\\d+)*"_s);
            value = token.match(value).captured();
        }
        if (value.isEmpty())
            return;
        if (m_fields.contains(label.field) && m_ranks.value(label.field) >= label.rank)
            return;
        m_fields.insert(label.field, value);
        m_ranks.insert(label.field, label.rank);
        m_certainties.insert(label.field, certainty);
    }

    void readLabel(qsizetype i)
    {
        const Label& label = *m_labels[i];
        if (!m_rests[i].isEmpty()) {
            QString value = m_rests[i];
            if (label.field == "address"_L1 || label.field == "restrictions"_L1)
                value = withFollowing(value, i, m_lines[i].box, label.field);
            set(label, value, m_lines[i].confidence);
            return;
        }
        const qsizetype found = neighbour(i);
        if (found < 0)
            return;
        m_used[found] = true;
        QString value = m_lines[found].text;
        if (label.field == "address"_L1 || label.field == "restrictions"_L1)
            value = withFollowing(value, found, m_lines[found].box, label.field);
        set(label, value, m_lines[found].confidence);
    }

    // The line to the right on the same row, or the next one below in the same column.
    qsizetype neighbour(qsizetype i) const
    {
        const QRectF& box = m_lines[i].box;
        qsizetype best = -1;
        double nearest = 1e9;
        for (qsizetype j = 0; j < m_lines.size(); ++j) {
            if (j == i || m_labels[j] || m_used[j])
                continue;
            const QRectF& other = m_lines[j].box;
            const bool sameRow = std::abs(other.center().y() - box.center().y()) < 0.7 * box.height();
            double distance = 1e9;
            if (sameRow && other.left() >= box.right() - box.height())
                distance = 0.25 * (other.left() - box.right());
            else if (other.top() > box.center().y() && other.left() < box.right() + box.height()
                     && other.right() > box.left() - box.height())
                distance = (other.top() - box.bottom()) + 0.5 * std::abs(other.left() - box.left());
            if (distance < nearest && distance < 8 * box.height()) {
                nearest = distance;
                best = j;
            }
        }
        return best;
    }

    QString withFollowing(const QString& first, qsizetype from, QRectF box, const QString& field)
    {
        QString value = first;
        for (qsizetype j = 0; j < m_lines.size(); ++j) {
            if (j == from || m_labels[j] || m_used[j])
                continue;
            const QRectF& other = m_lines[j].box;
            const double gap = other.top() - box.bottom();
            const bool isColumn = std::abs(other.left() - box.left()) < 2.0 * box.height()
                                  || (other.left() >= box.left() && other.left() < box.right());
            if (gap < -0.5 * box.height() || gap > 0.9 * box.height() || !isColumn)
                continue;
            if (field == "address"_L1 && addressStrength(m_lines[j].text) == 0)
                continue;
            value += (field == "address"_L1 ? u", "_s : u" "_s) + m_lines[j].text;
            m_used[j] = true;
            box = other;
        }
        return value;
    }

    void findState()
    {
        static const QRegularExpression heading(
            u"(?:state|commonwealth) of ((?:new |north |south |west |rhode )?[a-z]+)"_s,
            QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression code(u"\\b([A-Z]{2})\\.?\\s+\\d{5}"_s);
        static const QStringList states{
            u"California"_s, u"New York"_s,     u"Texas"_s,      u"Florida"_s,   u"Illinois"_s,
            u"Washington"_s, u"Oregon"_s,       u"Nevada"_s,     u"Arizona"_s,   u"Colorado"_s,
            u"Georgia"_s,    u"Massachusetts"_s, u"New Jersey"_s, u"Ohio"_s,     u"Michigan"_s,
            u"Pennsylvania"_s, u"Virginia"_s,   u"Tennessee"_s,  u"Louisiana"_s, u"Kentucky"_s,
            u"Minnesota"_s,  u"Wisconsin"_s,    u"Missouri"_s,   u"Maryland"_s,  u"Connecticut"_s,
            u"North Carolina"_s, u"South Carolina"_s, u"Utah"_s, u"Idaho"_s, u"Montana"_s,
            u"Hawaii"_s,     u"Alaska"_s,       u"Maine"_s,      u"Vermont"_s,   u"Indiana"_s,
            u"Iowa"_s,       u"Kansas"_s,       u"Nebraska"_s,   u"Oklahoma"_s,  u"Arkansas"_s,
            u"Alabama"_s,    u"Mississippi"_s,  u"New Mexico"_s, u"New Hampshire"_s, u"Rhode Island"_s,
            u"Delaware"_s,   u"West Virginia"_s, u"North Dakota"_s, u"South Dakota"_s, u"Wyoming"_s};
        if (m_fields.contains(u"state"_s))
            return;
        for (const TextLine& line : m_lines) {
            for (const QString& state : states) {
                const bool isHeading = heading.match(line.text).captured(1).compare(
                                           state, Qt::CaseInsensitive) == 0;
                const bool isStart = line.text.startsWith(state, Qt::CaseInsensitive)
                                     && addressStrength(line.text) == 0;
                if (isHeading || isStart) {
                    m_fields.insert(u"state"_s, state);
                    return;
                }
            }
        }
        const QString inAddress =
            code.match(m_fields.value(u"address"_s).toString()).captured(1);
        if (!inAddress.isEmpty())
            m_fields.insert(u"state"_s, inAddress);
    }

    const QVector<TextLine> m_lines;
    QVector<bool> m_used;
    QVector<const Label*> m_labels;
    QStringList m_rests;
    QJsonObject m_fields;
    QHash<QString, int> m_ranks;
    QHash<QString, double> m_certainties;
};
} // namespace

QJsonObject liquorLicenseFields(const QVector<TextLine>& lines)
{
    return LicenseReader(lines).read();
}

} // namespace queuedeck::handlers
