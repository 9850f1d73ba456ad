// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardfields.h"

#include "core/handlers/image_extraction/contactpatterns.h"
#include "core/handlers/image_extraction/roles.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
constexpr int kLongestField = 300;

struct Piece
{
    QString text;
    QRectF box;
    double confidence = 0;
    bool isUsed = false;
};

// What stands on one line but apart: "T +1 … | F +1 …", "Jane Roe • Head Buyer".
QVector<Piece> piecesOf(const QVector<TextLine>& lines)
{
    static const QRegularExpression separator(u"\\s+[|•·●■▪*]\\s+|\\s*[|•●]\\s*"_s);
    QVector<Piece> pieces;
    for (const TextLine& line : lines) {
        const QStringList parts = line.text.split(separator, Qt::SkipEmptyParts);
        qsizetype before = 0;
        for (const QString& part : parts) {
            const double width = line.box.width() / double(std::max<qsizetype>(line.text.size(), 1));
            QRectF box = line.box;
            box.setLeft(line.box.left() + double(before) * width);
            box.setWidth(double(part.size()) * width);
            before += part.size() + 3;
            if (!part.trimmed().isEmpty())
                pieces.push_back({part.trimmed(), box, line.confidence, false});
        }
    }
    return pieces;
}

QString tidy(QString text)
{
    static const QRegularExpression edges(u"^[\\s,;:|~_=«»“”\"'`^<>\\-–—.]+|[\\s,;:|~_=«»“”\"`^<>\\-–—]+$"_s);
    return text.remove(edges).simplified().left(kLongestField);
}

/// Takes the fields one after the other out of the pieces of a card.
class CardReader
{
public:
    explicit CardReader(const QVector<TextLine>& lines)
        : m_pieces(piecesOf(lines))
    {
    }

    QJsonObject read()
    {
        takeEmailAndWebsite();
        takePhone();
        takeAddress();
        for (Piece& piece : m_pieces) {
            piece.text = tidy(withoutLabel(piece.text));
            const auto letters = std::count_if(piece.text.cbegin(), piece.text.cend(),
                                               [](QChar c) { return c.isLetter(); });
            if (letters < 2 || letters * 2 < piece.text.size())
                piece.isUsed = true;
            m_tallest = piece.isUsed ? m_tallest : std::max(m_tallest, piece.box.height());
        }
        takePeopleAndPlaces();
        if (!m_fields.isEmpty())
            m_fields.insert(u"confidence"_s, confidence());
        return m_fields;
    }

private:
    void set(const QString& field, const QString& value, double certainty)
    {
        const QString text = tidy(value);
        if (text.isEmpty())
            return;
        m_fields.insert(field, text);
        m_certainty += certainty;
    }

    void takeEmailAndWebsite()
    {
        for (Piece& piece : m_pieces) {
            if (const auto email = findEmail(piece.text)) {
                if (!m_fields.contains(u"email"_s)) {
                    set(u"email"_s, email->value, piece.confidence);
                    m_local = email->value.section(u'@', 0, 0);
                    m_domain = email->value.section(u'@', 1);
                }
                piece.text.remove(email->start, email->length);
            }
            if (const auto site = findWebsite(piece.text)) {
                if (!m_fields.contains(u"website"_s)) {
                    set(u"website"_s, site->value, piece.confidence);
                    if (m_domain.isEmpty()) {
                        static const QRegularExpression prefix(u"^(https?://)?(www\\.)?"_s);
                        m_domain = site->value.section(u'/', 0, site->value.contains("//"_L1) ? 2 : 0);
                        m_domain.remove(prefix);
                    }
                }
                piece.text.remove(site->start, site->length);
            }
        }
    }

    void takePhone()
    {
        struct Candidate
        {
            FoundPhone phone;
            double confidence;
        };
        std::vector<Candidate> found;
        for (Piece& piece : m_pieces) {
            if (addressStrength(piece.text) == 3)
                continue; // its digits are a postal code
            QVector<FoundPhone> phones = findPhones(piece.text);
            for (auto phone = phones.crbegin(); phone != phones.crend(); ++phone)
                piece.text.replace(phone->start, phone->length, u" "_s);
            for (const FoundPhone& phone : std::as_const(phones))
                found.push_back({phone, piece.confidence});
        }
        const auto best = std::min_element(
            found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
                return a.phone.isFax < b.phone.isFax;
            });
        if (best != found.end() && !best->phone.isFax)
            set(u"phone"_s, best->phone.value, best->confidence);
    }

    bool standsTogether(const Piece& a, const Piece& b) const
    {
        const double height = std::max(a.box.height(), b.box.height());
        const double gap = std::max(a.box.top(), b.box.top())
                           - std::min(a.box.bottom(), b.box.bottom());
        const bool isBeside = a.box.left() < b.box.right() + height
                              && b.box.left() < a.box.right() + height;
        return gap < 1.6 * height && isBeside;
    }

    void takeAddress()
    {
        // The strongest line is the seed; lines that touch it and look like an address join.
        qsizetype seed = -1;
        int strongest = 1;
        for (qsizetype i = 0; i < m_pieces.size(); ++i) {
            const int strength = addressStrength(withoutLabel(m_pieces[i].text));
            if (strength > strongest) {
                strongest = strength;
                seed = i;
            }
        }
        if (seed < 0)
            return;
        std::vector<qsizetype> members{seed};
        for (bool grew = true; grew;) {
            grew = false;
            for (qsizetype i = 0; i < m_pieces.size(); ++i) {
                if (std::find(members.begin(), members.end(), i) != members.end()
                    || addressStrength(withoutLabel(m_pieces[i].text)) == 0)
                    continue;
                const bool touches = std::any_of(members.begin(), members.end(), [&](qsizetype m) {
                    return standsTogether(m_pieces[i], m_pieces[m]);
                });
                if (touches) {
                    members.push_back(i);
                    grew = true;
                }
            }
        }
        std::sort(members.begin(), members.end(), [this](qsizetype a, qsizetype b) {
            const QRectF& first = m_pieces[a].box;
            const QRectF& second = m_pieces[b].box;
            if (std::abs(first.center().y() - second.center().y()) > 0.6 * first.height())
                return first.center().y() < second.center().y();
            return first.left() < second.left();
        });
        QStringList parts;
        double confidence = 0;
        for (const qsizetype member : members) {
            parts += tidy(withoutLabel(m_pieces[member].text));
            confidence += m_pieces[member].confidence / double(members.size());
            m_pieces[member].isUsed = true;
        }
        set(u"address"_s, parts.join(u", "_s), confidence);
    }

    double relativeHeight(const Piece& piece) const
    {
        return m_tallest > 0 ? piece.box.height() / m_tallest : 0;
    }

    double nameScore(const Piece& piece) const
    {
        return nameLikeness(piece.text) + 2.2 * fitsLocalPart(piece.text, m_local)
               + 1.2 * relativeHeight(piece) - 0.9 * std::max(0.0, companyLikeness(piece.text))
               - 1.6 * fitsDomain(piece.text, m_domain)
               - (titleLikeness(piece.text) >= 2 ? 2.0 : 0.0);
    }

    double companyScore(const Piece& piece) const
    {
        return companyLikeness(piece.text) + 2.4 * fitsDomain(piece.text, m_domain)
               + 1.0 * relativeHeight(piece)
               - (titleLikeness(piece.text) >= 2 && companyLikeness(piece.text) < 2 ? 1.2 : 0.0);
    }

    double titleScore(const Piece& piece, const Piece* name) const
    {
        double score = titleLikeness(piece.text) - 0.8 * std::max(0.0, companyLikeness(piece.text) - 1)
                       - 1.5 * fitsDomain(piece.text, m_domain);
        if (name) {
            const double distance = std::abs(piece.box.center().y() - name->box.center().y())
                                    / std::max(1.0, name->box.height());
            score += distance < 3 ? 1.0 : 0;
        }
        return score;
    }

    template <class Score>
    Piece* best(Score score, double least)
    {
        Piece* winner = nullptr;
        double top = least;
        for (Piece& piece : m_pieces) {
            if (piece.isUsed || piece.text.isEmpty())
                continue;
            const double value = score(piece);
            if (value > top) {
                top = value;
                winner = &piece;
            }
        }
        return winner;
    }

    void take(const QString& field, Piece* piece)
    {
        if (!piece)
            return;
        piece->isUsed = true;
        set(field, piece->text, piece->confidence);
    }

    // "Jane Roe, Head Buyer" on one line.
    void splitNameAndTitle()
    {
        for (qsizetype i = 0; i < m_pieces.size(); ++i) {
            if (m_pieces[i].isUsed)
                continue;
            for (const QString& mark : {u","_s, u" - "_s, u" – "_s, u" — "_s}) {
                const qsizetype at = m_pieces[i].text.indexOf(mark);
                if (at < 0)
                    continue;
                const QString head = m_pieces[i].text.left(at).trimmed();
                const QString tail = m_pieces[i].text.mid(at + mark.size()).trimmed();
                if (nameLikeness(head) < 1 || titleLikeness(head) >= 2 || titleLikeness(tail) < 1.5
                    || companyLikeness(m_pieces[i].text) > 2)
                    continue;
                Piece second = m_pieces[i];
                m_pieces[i].text = head;
                second.text = tail;
                m_pieces.insert(i + 1, second);
                break;
            }
        }
    }

    void takePeopleAndPlaces()
    {
        splitNameAndTitle();
        Piece* name = best([this](const Piece& p) { return nameScore(p); }, 1.2);
        take(u"name"_s, name);
        Piece* title = best([this, name](const Piece& p) { return titleScore(p, name); }, 1.4);
        Piece* company = best(
            [this, title](const Piece& p) { return &p == title ? -9.0 : companyScore(p); }, 0.9);
        take(u"title"_s, title);
        if (company)
            joinCompany(*company);
        take(u"company"_s, company);
    }

    // A company in two lines of the same size: "Bergmann Wein" over "& Spirituosen GmbH".
    void joinCompany(Piece& company)
    {
        for (Piece& piece : m_pieces) {
            if (&piece == &company || piece.isUsed || titleLikeness(piece.text) >= 2)
                continue;
            const double ratio = piece.box.height() / std::max(1.0, company.box.height());
            if (ratio < 0.8 || ratio > 1.25 || !standsTogether(piece, company))
                continue;
            const bool isBelow = piece.box.center().y() > company.box.center().y();
            const double overlap = std::min(piece.box.bottom(), company.box.bottom())
                                   - std::max(piece.box.top(), company.box.top());
            if (overlap > 0.5 * company.box.height())
                continue; // beside it
            const QString joined = isBelow ? company.text + u' ' + piece.text
                                           : piece.text + u' ' + company.text;
            const bool fitsBetter =
                fitsDomain(joined, m_domain) > fitsDomain(company.text, m_domain) + 0.15;
            const bool goesOn = piece.text.startsWith(u'&') || company.text.startsWith(u'&')
                                || company.text.endsWith(u'&') || piece.text.endsWith(u'&');
            const bool isLegalTail = isBelow && piece.text.size() < 14 && companyLikeness(piece.text) >= 2.5;
            if (fitsBetter || goesOn || isLegalTail) {
                company.text = joined;
                company.box = company.box.united(piece.box);
                piece.isUsed = true;
                return;
            }
        }
    }

    double confidence() const
    {
        // What was read well, less for each of the five fields a card nearly always has.
        double found = 0;
        for (const char* field : {"name", "company", "phone", "email", "title"})
            found += m_fields.contains(QLatin1String(field)) ? 1 : 0;
        const double read = m_certainty / double(std::max<qsizetype>(m_fields.size(), 1));
        return std::round(std::clamp(read * (0.6 + 0.08 * found), 0.0, 1.0) * 100) / 100;
    }

    QVector<Piece> m_pieces;
    QJsonObject m_fields;
    QString m_local;
    QString m_domain;
    double m_tallest = 0;
    double m_certainty = 0;
};
} // namespace

QJsonObject businessCardFields(const QVector<TextLine>& lines)
{
    return CardReader(lines).read();
}

} // namespace queuedeck::handlers
