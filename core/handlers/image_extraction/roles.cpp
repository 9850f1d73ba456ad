// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/roles.h"

#include "core/handlers/image_extraction/cardwords.h"
#include "core/handlers/image_extraction/rolescores.h"

#include <QRegularExpression>

#include <algorithm>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

struct Candidate
{
    Piece piece;
    quint64 parts = 0; ///< the pieces it is made of, as bits, so that none is used twice
    double name = 0;
    double title = 0;
    double company = 0;
};

constexpr qsizetype kMostPieces = 24; // a card has no more lines; keeps the search small
constexpr double kNone = 1.1;         // the score of a role left empty

/// "Eleanor Whitfield, Director of Wine Buying" and "Owner, Rosewood Tasting Room" are two pieces
/// each.
QList<Piece> splitByRole(const QList<Piece>& pieces, const CardView& view)
{
    static const QRegularExpression between(u"\\s*,\\s+|\\s+[-–—/]\\s+|\\s+(?:at|bei|chez)\\s+"_s);
    QList<Piece> result;
    for (const Piece& piece : pieces) {
        bool done = false;
        for (auto it = between.globalMatch(piece.text); it.hasNext() && !done;) {
            const QRegularExpressionMatch match = it.next();
            Piece first = piece;
            Piece second = piece;
            first.text = piece.text.left(match.capturedStart());
            second.text = piece.text.mid(match.capturedEnd());
            const bool nameFirst = nameScore(first, view) >= 2 && titleScore(first, view) < 1;
            const bool person = nameFirst && titleScore(second, view) >= 2 &&
                                !isNameSuffix(second.text.section(u' ', 0, 0));
            const bool job = titleScore(first, view) >= 2 && titleScore(second, view) < 1 &&
                             (hasCompanySuffix(second.text) || companyScore(second, view) >= 3);
            if (person || job) {
                const double share = double(first.text.size()) / double(piece.text.size());
                first.box.setWidth(piece.box.width() * share);
                second.box.setLeft(piece.box.left() + piece.box.width() * share);
                result << first << second;
                done = true;
            }
        }
        if (!done)
            result << piece;
    }
    return result;
}

/// Two lines of the same size, one below the other, may be one name: CAMILLE / O'ROURKE.
QList<Candidate> candidatesOf(const QList<Piece>& pieces, const CardView& view)
{
    QList<Candidate> candidates;
    const qsizetype count = std::min(kMostPieces, pieces.size());
    const auto add = [&candidates, &view](const Piece& piece, quint64 parts, double joined) {
        candidates.append({piece, parts, nameScore(piece, view) - joined,
                           titleScore(piece, view) - joined, companyScore(piece, view) - joined});
    };
    for (qsizetype at = 0; at < count; ++at)
        add(pieces.at(at), quint64(1) << at, 0);
    for (qsizetype at = 0; at + 1 < count; ++at) {
        const Piece& upper = pieces.at(at);
        const Piece& lower = pieces.at(at + 1);
        const double tall = std::max(upper.box.height(), lower.box.height());
        if (upper.box.isNull() || std::abs(upper.box.height() - lower.box.height()) > 0.25 * tall ||
            !directlyBelow(upper.box, lower.box, 0.7))
            continue;
        Piece both = upper;
        both.text += u' ' + lower.text;
        both.box = upper.box.united(lower.box);
        both.box.setHeight(tall);
        add(both, quint64(3) << at, 0.8);
        Candidate& joined = candidates.last();
        // A title is joined only if its first line is incomplete: "Director of".
        static const QRegularExpression open(u"(?:\\b(?:of|for|and|de|für|und|et|y)|[&,/-])$"_s);
        if (!open.match(upper.text).hasMatch())
            joined.title = -2;
        if (upper.text.contains(u' ') || lower.text.contains(u' '))
            joined.name = std::min(joined.name, 0.5);
        const double alone = std::max(companyScore(upper, view), companyScore(lower, view));
        if (joined.company < alone)
            joined.company = -2;
    }
    return candidates;
}

/// How well the roles fit together on the card.
double togetherness(const Candidate* name, const Candidate* title, const Candidate* company)
{
    double bonus = 0;
    if (name != nullptr && title != nullptr) {
        const bool boxes = !name->piece.box.isNull() && !title->piece.box.isNull();
        if (boxes ? directlyBelow(name->piece.box, title->piece.box, 1.5)
                  : title->piece.order == name->piece.order + 1)
            bonus += 1.2;
        else if (boxes ? directlyBelow(title->piece.box, name->piece.box, 1.5)
                       : title->piece.order == name->piece.order - 1)
            bonus += 0.7;
        if (sameRow(name->piece.box, title->piece.box) && boxes)
            bonus += 0.6;
        if (boxes && title->piece.box.height() > name->piece.box.height() * 1.15)
            bonus -= 0.5;
    }
    if (name != nullptr && company != nullptr && hasCompanySuffix(company->piece.text)) {
        const QStringList words = name->piece.text.split(u' ');
        if (words.size() > 1 && company->piece.text.contains(words.last(), Qt::CaseInsensitive))
            bonus += 0.5; // a family business
    }
    return bonus;
}

CardView viewOf(const QList<Piece>& pieces, const Contacts& contacts)
{
    CardView view;
    view.mailName = folded(contacts.email.section(u'@', 0, 0));
    view.mailDomain = domainWord(contacts.email);
    if (view.mailDomain.isEmpty())
        view.mailDomain = domainWord(contacts.website);
    for (const Piece& piece : pieces)
        view.tallest = std::max(view.tallest, piece.box.height());
    return view;
}

/// Without the letter that a logo was read as, if the domain suggests so.
QString withoutLogo(const QString& company, const CardView& view)
{
    static const QRegularExpression logo(u"^\\S{1,2}\\s+(?=\\S)"_s);
    QString rest = company;
    rest.remove(logo);
    const QString start = view.mailDomain.left(4);
    const bool better =
        start.size() == 4 && folded(rest).startsWith(start) && !folded(company).startsWith(start);
    return better ? rest : company;
}

} // namespace

Roles chooseRoles(const QList<Piece>& all, const Contacts& contacts)
{
    const CardView view = viewOf(all, contacts);
    const QList<Piece> pieces = splitByRole(all, view);
    const QList<Candidate> candidates = candidatesOf(pieces, view);
    QList<const Candidate*> choices = {nullptr};
    for (const Candidate& candidate : candidates)
        choices.append(&candidate);

    double best = -1;
    const Candidate* name = nullptr;
    const Candidate* title = nullptr;
    const Candidate* company = nullptr;
    for (const Candidate* person : choices) {
        if (person != nullptr && person->name < kNone)
            continue;
        for (const Candidate* job : choices) {
            if (job != nullptr &&
                (person == nullptr ? job->title < kNone : (job->parts & person->parts)))
                continue;
            const double two = (person ? person->name : kNone) + (job ? job->title : kNone - 0.3);
            for (const Candidate* firm : choices) {
                if (firm != nullptr &&
                    (firm->company < kNone || (person && (firm->parts & person->parts)) ||
                     (job && (firm->parts & job->parts))))
                    continue;
                const double sum =
                    two + (firm ? firm->company : kNone) + togetherness(person, job, firm);
                if (sum > best) {
                    best = sum;
                    name = person;
                    title = job;
                    company = firm;
                }
            }
        }
    }
    Roles roles;
    if (name != nullptr) {
        roles.name = name->piece.text;
        roles.nameScore = std::clamp(name->name / 5.0, 0.1, 1.0);
    }
    if (title != nullptr)
        roles.title = title->piece.text;
    if (company != nullptr) {
        roles.company = withoutLogo(company->piece.text, view);
        roles.companyScore = std::clamp(company->company / 4.0, 0.1, 1.0);
    }
    return roles;
}

} // namespace queuedeck::handlers
