// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/rolescores.h"

#include "core/handlers/image_extraction/cardwords.h"

#include <QRegularExpression>

#include <algorithm>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(const QString& text)
{
    static const QRegularExpression space(u"[\\s,;]+"_s);
    return text.split(space, Qt::SkipEmptyParts);
}

/// German spelling in an address: Lüders becomes lueders.
QString germanFolded(const QString& text)
{
    QString source = text.toLower();
    source.replace(u'ä', u"ae"_s).replace(u'ö', u"oe"_s).replace(u'ü', u"ue"_s);
    return folded(source);
}

double height(const Piece& piece, const CardView& view)
{
    return view.tallest > 0 ? piece.box.height() / view.tallest : 0.5;
}

/// A small word that occurs in business names too.
bool isLinkWord(const QString& word)
{
    static const QStringList words = {u"of"_s, u"and"_s, u"am"_s, u"im"_s,  u"an"_s, u"und"_s,
                                      u"et"_s, u"in"_s,  u"au"_s, u"aux"_s, u"à"_s};
    return words.contains(word);
}

/// A sentence about the business, not its name.
bool isTagline(const QString& text)
{
    const QStringList words = wordsOf(text);
    static const QRegularExpression since(
        u"\\b(?:since|seit|depuis|desde|dal|est\\.?|established)\\b.*\\d{3,4}|[!?]$"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (since.match(text).hasMatch() ||
        (text.endsWith(u'.') && !hasCompanySuffix(text) && words.size() > 3))
        return true;
    int small = 0;
    for (const QString& word : words)
        small += word.at(0).isLower() && !isNameParticle(word) && !isLinkWord(word);
    return words.size() >= 3 && small * 2 >= words.size() - 1 && small >= 1 &&
           !hasCompanySuffix(text);
}

/// The words of a name; "von und zu" counts as one.
QStringList namePartsOf(const QString& text)
{
    static const QRegularExpression both(u"\\b(von|vom|van) und (zu|zum|zur)\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return wordsOf(QString(text).replace(both, u"\\1"_s));
}

QString capitalised(const QString& word)
{
    return word.left(1).toUpper() + word.mid(1);
}

bool isNameShaped(const QString& word)
{
    static const QRegularExpression shape(u"^(?:\\p{Lu}\\.?|(?:\\p{Lu}\\.){2,3}|\\p{Lu}[\\p{Ll}\\p{"
                                          u"Lu}'’`.\\-]+|[dDlLO]['’]\\p{Lu}\\p{L}+|"
                                          u"(?:al|el|ad|ar|as|ash|at|an|ul)-\\p{Lu}[\\p{L}'’]+|"
                                          u"[\"“'(]\\p{Lu}\\p{L}+[\"”')])$"_s,
                                          QRegularExpression::UseUnicodePropertiesOption);
    return shape.match(word).hasMatch();
}

} // namespace

double domainResemblance(const QString& company, const QString& domain)
{
    if (domain.size() < 3)
        return 0;
    double best = 0;
    for (const QString& whole : {folded(company), germanFolded(company)}) {
        if (whole == domain)
            return 1;
        best = std::max(best, likeness(confusable(whole), confusable(domain)) - 0.3);
        if (whole.startsWith(domain) || (domain.startsWith(whole) && whole.size() >= 4))
            best = std::max(best, 0.9);
        else if (whole.contains(domain) || (domain.contains(whole) && whole.size() >= 4))
            best = std::max(best, 0.8);
    }
    QString initials;
    int found = 0;
    qsizetype letters = 0;
    for (const QString& word : wordsOf(company)) {
        const QString plain = folded(word);
        if (plain.isEmpty())
            continue;
        initials += plain.at(0);
        const QString start = plain.left(5);
        if (plain.size() >= 3 &&
            (domain.contains(start) || domain.contains(germanFolded(word).left(5)))) {
            ++found;
            letters += std::min(plain.size(), domain.size());
        }
    }
    if (found > 0)
        best = std::max(best, std::min(0.95, 0.35 + 0.6 * double(letters) / double(domain.size())));
    if (initials.size() >= 3 && domain.startsWith(initials))
        best = std::max(best, 0.8);
    return best;
}

double mailResemblance(const QString& name, const QString& local)
{
    if (local.size() < 2)
        return 0;
    double best = 0;
    double sum = 0;
    QString initials;
    for (const QString& word :
         name.split(QRegularExpression(u"[\\s\\-,]+"_s), Qt::SkipEmptyParts)) {
        if (isHonorific(word) || isNameSuffix(word))
            continue;
        const QString plain = folded(word);
        if (plain.isEmpty())
            continue;
        initials += plain.at(0);
        const bool inside =
            plain.size() >= 3 && (local.contains(plain) || local.contains(germanFolded(word)) ||
                                  confusable(local).contains(confusable(plain)));
        if (inside) {
            best = std::max(best, 0.6);
            sum += 0.4;
        } else if (plain.size() >= 5 && local.contains(plain.left(4))) {
            best = std::max(best, 0.4);
        }
    }
    if (initials.size() >= 2 && local == initials)
        return 0.7;
    if (best >= 0.6 && local.size() > 2 && !initials.isEmpty() && local.startsWith(initials.at(0)))
        sum += 0.2;
    return std::min(1.0, best + std::max(0.0, sum - 0.4));
}

double nameScore(const Piece& piece, const CardView& view)
{
    static const QRegularExpression never(u"[\\d@&/+#%]"_s);
    if (never.match(piece.text).hasMatch() || hasCompanySuffix(piece.text))
        return -2;
    int shaped = 0;
    int full = 0;
    double score = 0;
    const QStringList words = namePartsOf(piece.text);
    // All in lower case, as some designers like it: then something else must show that it is a
    // name.
    const bool isSmall = piece.text == piece.text.toLower();
    if (isSmall && (words.size() < 2 || (!isGivenName(words.first().section(u'-', 0, 0)) &&
                                         mailResemblance(piece.text, view.mailName) < 0.6)))
        return -2;
    for (const QString& printed : words) {
        const QString word = isSmall && !isNameParticle(printed) ? capitalised(printed) : printed;
        if (isHonorific(word)) {
            score += 0.7;
            continue;
        }
        if (shaped >= 1 && isNameSuffix(word)) {
            score += 0.6;
            continue;
        }
        if (isNameParticle(word) && words.size() > 2)
            continue;
        if (isCommonWord(word) || !isNameShaped(word))
            return -2;
        ++shaped;
        full += folded(word).size() > 1;
        if (shaped == 1 && isGivenName(word.section(u'-', 0, 0)))
            score += 1.2;
    }
    if (full == 0 || shaped > 5)
        return -2;
    score += shaped == 1 ? 0.2 : shaped <= 3 ? 2.0 : 1.2;
    score -=
        1.8 * std::min(2, titleWords(piece.text)) + 1.3 * std::min(2, companyWords(piece.text));
    score += 2.5 * mailResemblance(piece.text, view.mailName);
    score += 1.2 * height(piece, view);
    const double domain = domainResemblance(piece.text, view.mailDomain);
    if (domain > 0.85 && mailResemblance(piece.text, view.mailName) < 0.5)
        score -= 1.5;
    return score;
}

double titleScore(const Piece& piece, const CardView& view)
{
    if (hasCompanySuffix(piece.text) || piece.text.size() > 90)
        return -1;
    const int known = titleWords(piece.text);
    if (known == 0)
        return isTagline(piece.text) ? -1.5 : -0.3;
    double score = 2.6 + 0.5 * std::min(2, known - 1);
    score -= 0.5 * height(piece, view);
    static const QRegularExpression typical(u"\\b(?:of|for|at law|en chef|&|de)\\b"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    if (typical.match(piece.text).hasMatch())
        score += 0.3;
    if (domainResemblance(piece.text, view.mailDomain) > 0.7)
        score -= 1.5;
    return score;
}

double companyScore(const Piece& piece, const CardView& view)
{
    if (folded(piece.text).size() < 2)
        return -2;
    double score = 0;
    if (hasCompanySuffix(piece.text))
        score += 3;
    score += 1.4 * std::min(2, companyWords(piece.text));
    score += 3.5 * std::max(0.0, domainResemblance(piece.text, view.mailDomain) - 0.15);
    score += 1.0 * height(piece, view);
    if (piece.text == piece.text.toUpper())
        score += 0.3;
    if (piece.text.contains(u'&') && !hasCompanySuffix(piece.text))
        score += 0.5;
    if (isTagline(piece.text))
        score -= 2.5;
    if (!hasCompanySuffix(piece.text))
        score -= 1.0 * std::min(2, titleWords(piece.text));
    if (mailResemblance(piece.text, view.mailName) > 0.5 && !hasCompanySuffix(piece.text) &&
        companyWords(piece.text) == 0)
        score -= 2;
    return score;
}

} // namespace queuedeck::handlers
