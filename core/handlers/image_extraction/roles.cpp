// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/roles.h"

#include "core/handlers/image_extraction/contactpatterns.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
using Pattern = QRegularExpression;

Pattern words(const QString& alternatives)
{
    return Pattern(u"(?<![\\p{L}])(?:%1)(?![\\p{L}])"_s.arg(alternatives),
                   Pattern::CaseInsensitiveOption | Pattern::UseUnicodePropertiesOption);
}

QStringList wordsOf(const QString& text)
{
    static const Pattern blanks(u"[\\s,]+"_s);
    return text.split(blanks, Qt::SkipEmptyParts);
}

bool hasDigits(const QString& text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
}
} // namespace

double titleLikeness(const QString& text)
{
    static const Pattern roles = words(
        u"manager|managerin|director|directeur|directrice|directora?|direktor(?:in)?|head of|chief|"
        "ceo|cto|cfo|coo|cmo|cio|vp|svp|evp|vice president|president|founder|co-?founder|"
        "founding|owner|co-?owner|inhaber(?:in)?|geschäftsführer(?:in)?|geschaftsfuhrer(?:in)?|"
        "gérante?|gerente|partner|principal|"
        "sommelier|sommelière|sommeliere|winemaker|brewmaster|brewer|distiller|buyer|purchaser|"
        "einkäufer(?:in)?|leiter(?:in)?|leitung|vertrieb|salesperson|sales|representative|rep|"
        "associate|assistant|executive|officer|engineer|developer|designer|architecte?|architekt(?:in)?|"
        "attorney|lawyer|counsel|paralegal|rechtsanwalt|rechtsanwältin|notary|consultant|berater(?:in)?|"
        "advisor|adviser|analyst|accountant|auditor|bookkeeper|controller|coordinator|administrator|"
        "specialist|supervisor|superintendent|foreman|technician|scientist|researcher|professor|lecturer|"
        "teacher|tutor|physician|surgeon|dentist|nurse|therapist|psychologist|pharmacist|veterinarian|"
        "chef|cook|baker|barista|bartender|mixologist|photographer|editor|journalist|writer|author|"
        "producer|artist|curator|planner|strategist|agent|broker|realtor|ambassador|importer|"
        "marketing|operations|logistics|procurement|secretary|treasurer|trainer|coach|"
        "responsable|jefe|jefa|encargad[oa]|propietari[oa]|comercial|ventas|chargée?|acheteuse?|acheteur|"
        "commerciale?|direttore|direttrice|titolare|export|lead|senior|junior|staff|"
        "carpenter|plumber|electrician|florist|gardener|mechanic|pilot|captain|master"_s);
    static const Pattern legal = words(
        u"inc|llc|ltd|gmbh|corp|co\\.?|ag|kg|plc|s\\.?a\\.?|s\\.?l\\.?|group|company|& sons"_s);
    auto found = roles.globalMatch(text);
    int count = 0;
    while (found.hasNext()) {
        found.next();
        ++count;
    }
    if (count == 0)
        return hasDigits(text) ? -3 : -1;
    double score = 2.0 + 0.7 * std::min(count - 1, 2);
    if (legal.match(text).hasMatch())
        score -= 2.5;
    if (wordsOf(text).size() > 8 || hasDigits(text))
        score -= 1.5;
    return score;
}

double companyLikeness(const QString& text)
{
    static const Pattern legal = words(
        u"inc\\.?|incorporated|llc|l\\.l\\.c\\.|llp|lp|ltd\\.?|limited|gmbh|ggmbh|mbh|ag|kg|ohg|gbr|e\\.?k\\.?|ug|"
        "corp\\.?|corporation|co\\.|plc|pllc|s\\.?a\\.?s?|s\\.?l\\.?u?|s\\.?r\\.?l\\.?|s\\.?p\\.?a\\.?|b\\.?v\\.?|"
        "n\\.?v\\.?|oy|ab|a/s|aps|pty|& co|& cie|et fils|& sons?|& söhne|& filles|y cía|e figli|& daughters?|& brothers|bros\\.?"_s);
    static const Pattern trades = words(
        u"wines?|winery|vineyards?|weine?|weingut|wein|vinos?|bodegas?|vins?|cellars?|caves?|cantina|spirits?|spirituosen|"
        "liquors?|distillery|distillers|distilling|brewing|brewery|brewers|brauerei|beverages?|imports?|exports?|"
        "importers|trading|traders|merchants?|provisions|provisioners|market|grocers?|foods?|catering|"
        "restaurant|bistro|brasserie|café|cafe|coffee|roasters|bakery|tavern|taproom|bar|grill|kitchen|hotel|inn|"
        "hospitality|group|holdings?|partners|associates|advisors|consulting|consultants|solutions|systems|"
        "technologies|technology|software|labs?|laboratories|studios?|design|media|agency|architects?|architekten|"
        "engineering|construction|builders|properties|realty|estates?|bank|capital|ventures|insurance|"
        "logistics|freight|shipping|transport|distribution|distributors?|distributing|supply|industries|"
        "manufacturing|works|werke|company|enterprises|services|clinic|hospital|medical|dental|pharmacy|"
        "health|university|institute|foundation|society|association|law|legal|press|publishing|books|"
        "gallery|museum|theatre|farms?|orchards?|gardens?|dairy|creamery|bottle shop|shop|store|boutique|"
        "collective|cooperative|union|house|haus|casa|maison|château|chateau|domaine|energy|solar|robotics|digital|analytics|networks?|interiors|outfitters|goods|depot"_s);
    double score = 0;
    if (legal.match(text).hasMatch())
        score += 2.6;
    auto found = trades.globalMatch(text);
    int count = 0;
    while (found.hasNext()) {
        found.next();
        ++count;
    }
    score += count > 0 ? 1.3 + 0.4 * std::min(count - 1, 2) : 0;
    if (text.contains(u'&'))
        score += 0.5;
    const qsizetype length = wordsOf(text).size();
    if (length > 7)
        score -= 1.5;
    // A sentence is a slogan.
    if (text.endsWith(u'.') && length > 3 && !legal.match(text).hasMatch())
        score -= 1.5;
    static const Pattern slogan = words(u"since|est\\.?|established|your|our|we|the best|for|from|with|every|make|making|made|better"_s);
    if (slogan.match(text).hasMatch())
        score -= 1.2;
    return score;
}

double nameLikeness(const QString& text)
{
    static const Pattern honour = words(
        u"dr\\.?|prof\\.?|mr\\.?|mrs\\.?|ms\\.?|herr|frau|dipl\\.?-?\\w*\\.?|ing\\.?|mag\\.?|ph\\.?d\\.?|m\\.?d\\.?|mba|"
        "esq\\.?|jr\\.?|sr\\.?|iii|ii|cpa|aia|dds|rn|m\\.?a\\.?|b\\.?sc\\.?|m\\.?sc\\.?|dipwset|mw|ms|cfa|pe|llm"_s);
    static const QStringList particles{u"von"_s, u"van"_s, u"de"_s,  u"der"_s, u"den"_s, u"di"_s,
                                       u"da"_s,  u"del"_s, u"la"_s,  u"le"_s,  u"el"_s,  u"al"_s,
                                       u"bin"_s, u"ten"_s, u"zu"_s,  u"dos"_s, u"du"_s,  u"y"_s,
                                       u"ter"_s, u"of"_s,  u"della"_s, u"das"_s, u"st."_s};
    if (hasDigits(text) || text.size() > 44)
        return -3;
    QString bare = text;
    const bool isHonoured = honour.match(text).hasMatch();
    bare.remove(honour);
    int good = 0;
    int bad = 0;
    for (const QString& word : wordsOf(bare)) {
        static const Pattern shape(
            u"^(?:\\p{Lu}[\\p{L}'’.-]*|\\p{Lu}\\.)$"_s, Pattern::UseUnicodePropertiesOption);
        if (shape.match(word).hasMatch())
            ++good;
        else if (!particles.contains(word.toLower()) && word != u"." && word != u"-")
            ++bad;
    }
    if (bad > 0)
        return -2;
    if (good < 2 || good > 5)
        return good == 1 ? -0.8 : -2;
    double score = good <= 3 ? 1.5 : 0.8;
    if (isHonoured)
        score += 0.8;
    static const Pattern initial(u"\\b\\p{Lu}\\. "_s, Pattern::UseUnicodePropertiesOption);
    if (initial.match(text).hasMatch())
        score += 0.5;
    if (text.contains(u'&') || text.contains(u'/') || text.contains(u':') || text.endsWith(u'.'))
        score -= 1.5;
    return score;
}

double fitsLocalPart(const QString& name, const QString& local)
{
    if (local.isEmpty())
        return 0;
    const QString whole = plainLetters(local);
    QStringList parts;
    for (const QString& word : wordsOf(name)) {
        const QString plain = plainLetters(word);
        if (plain.size() > 1)
            parts += plain;
    }
    if (parts.isEmpty() || whole.size() < 2)
        return 0;
    double best = 0;
    for (const QString& part : std::as_const(parts)) {
        if (part.size() >= 3 && whole.contains(part))
            best += part == whole ? 0.8 : 0.55;
    }
    QString initials;
    for (const QString& part : std::as_const(parts))
        initials += part[0];
    if (best == 0 && (whole == initials || (whole.size() <= 3 && initials.startsWith(whole))))
        best = 0.5;
    return std::min(best, 1.0);
}

double fitsDomain(const QString& company, const QString& domain)
{
    if (domain.isEmpty())
        return 0;
    const QString stem = plainLetters(domain.section(u'.', 0, -2));
    const QString plain = plainLetters(company);
    if (stem.size() < 3 || plain.size() < 2)
        return 0;
    if (plain == stem || plain.startsWith(stem) || stem.startsWith(plain))
        return 1;
    double share = 0;
    for (const QString& word : wordsOf(company)) {
        const QString part = plainLetters(word);
        if (part.size() >= 3 && stem.contains(part))
            share += double(part.size()) / double(stem.size());
    }
    if (share == 0) {
        QString initials;
        for (const QString& word : wordsOf(company)) {
            const QString part = plainLetters(word);
            if (!part.isEmpty())
                initials += part[0];
        }
        if (initials.size() >= 2 && stem.startsWith(initials))
            return initials.size() >= 3 ? 0.7 : 0.4;
    }
    return std::min(share, 1.0);
}

} // namespace queuedeck::handlers
