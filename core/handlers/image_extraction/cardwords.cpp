// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardwords.h"

#include "core/handlers/image_extraction/cardtext.h"

#include <QRegularExpression>
#include <QSet>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFlags =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

QSet<QString> setOf(const QString& words)
{
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    return {list.cbegin(), list.cend()};
}

int matches(const QRegularExpression& pattern, const QString& text)
{
    int count = 0;
    for (auto it = pattern.globalMatch(text); it.hasNext(); it.next())
        ++count;
    return count;
}

} // namespace

int titleWords(const QString& text)
{
    static const QRegularExpression pattern(
        u"(?<!\\p{L})(?:manager|managing|director|directrice|directeur|directora|head|chief|c["
        u"efotmi]o|"
        u"cpo|president|vice|s?vp|evp|founder|co-?founder|owner|proprietor|partner|principal|chair("
        u"?:man|"
        u"woman)?|sommeli[eè]re?|buyer|sales|marketing|account|engineer|developer|programmer|"
        u"designer|"
        u"attorney|lawyer|counsel|solicitor|barrister|notary|consultant|advis[eo]r|architect|"
        u"architecte|"
        u"arquitect[oa]|architektin|distiller|winemaker|vintner|brewer|brewmaster|chef|bartender|"
        u"mixologist|broker|agent|realtor|analyst|specialist|coordinator|supervisor|executive|"
        u"officer|"
        u"assistant|associate|administrator|secretary|treasurer|representative|rep|importer|"
        u"merchant|"
        u"trader|producer|editor|journalist|writer|photographer|artist|teacher|professor|lecturer|"
        u"researcher|scientist|physician|surgeon|dentist|nurse|therapist|veterinarian|pharmacist|"
        u"accountant|auditor|controller|comptroller|planner|strategist|technician|electrician|"
        u"plumber|"
        u"carpenter|contractor|foreman|operator|inspector|trainer|coach|instructor|curator|"
        u"librarian|"
        u"geschäftsf[uü]hr(?:er|erin|ung)|geschaftsfuhrer(?:in)?|geschaeftsfuehrer(?:in)?|inhaber(?"
        u":in)?|"
        u"leiter(?:in)?|\\p{L}*leit(?:er|erin|ung)|vertrieb\\p{L}*|einkauf|einkäufer(?:in)?|"
        u"prokurist(?:in)?|"
        u"vorstand|rechtsanw[aä]lt(?:in)?|steuerberater(?:in)?|berater(?:in)?|ingenieur(?:in|e)?|"
        u"ing[eé]nieur|"
        u"facharzt|fachärztin|zahnarzt|arzt|ärztin|kellermeister(?:in)?|winzer(?:in)?|meister(?:in)"
        u"?|"
        u"g[eé]rante?|responsable|charg[eé]e?|pr[eé]sidente?|fondat(?:eur|rice)|associ[eé]e?|"
        u"avocate?|"
        u"caviste|vigneron(?:ne)?|[œo]enologue|ma[iî]tre|conseill[eè]re?|comptable|commercial|"
        u"gerente|jefe|jefa|socio|socia|fundador(?:a)?|propietari[oa]|abogad[oa]|en[oó]log[oa]|"
        u"ingenier[oa]|encargad[oa]|comercial|direttore|direttrice|titolare|responsabile|avvocato|"
        u"operations|procurement|purchasing|hospitality manager|concierge|steward|ambassador|lead)(?!\\p{L})"_s,
        kFlags);
    return matches(pattern, text);
}

bool hasCompanySuffix(const QString& text)
{
    static const QRegularExpression pattern(
        u"(?<!\\p{L})(?:l\\.?l\\.?c|l\\.?l\\.?p|p\\.?l\\.?l\\.?c|inc|incorporated|corp|corporation|"
        u"ltd|limited|"
        u"plc|g?gmbh|mbh|ag|kg|ohg|ug|gbr|e\\.\\s?k|e\\.\\s?v|s\\.?a\\.?r\\.?l|s\\.?a\\.?s|sas|"
        u"sarl|s\\.\\s?a|s\\.\\s?l|"
        u"sl|slu|s\\.?r\\.?l|s\\.?p\\.?a|b\\.?v|n\\.?v|a/?s|aps|oy|ab|pty|pte|co)\\.?$"
        u"|[&+]\\s?(?:sons?|daughters?|co|cie|company|partners?|associates|söhne|sohn|fils|filles|"
        u"hijos|"
        u"figli|brothers|bros|sisters)\\b"_s,
        kFlags);
    return pattern.match(text).hasMatch();
}

int companyWords(const QString& text)
{
    static const QRegularExpression pattern(
        u"(?<!\\p{L})(?:wines?|spirits|imports?|importers|exports|cellars?|group|gruppe|groupe|"
        u"grupo|studios?|"
        u"partners|associates|bank|capital|ventures|holdings?|company|compagnie|international|"
        u"global|"
        u"industries|enterprises|solutions|services|systems|technolog(?:y|ies)|consulting|"
        u"consultants|"
        u"consultancy|agency|agentur|law|legal|law "
        u"office|kanzlei|praxis|clinic|klinik|hospital|pharmacy|"
        u"apotheke|pharmacie|farmacia|labs?|laborator(?:y|ies)|institute?|institut|university|"
        u"college|"
        u"school|academy|foundation|museum|gallery|library|hotel|inn|restaurant|bistro|brasserie|"
        u"caf[eé]|"
        u"coffee|roasters|bakery|bäckerei|boulangerie|bar|pub|tavern|lounge|kitchen|catering|"
        u"brewing|"
        u"brewery|brewers|brauerei|distillery|distillers|distilling|vineyards?|winery|estates?|"
        u"weingut|"
        u"\\p{L}*wein\\p{L}*|bodegas?|vi[nñ]edos|ch[aâ]teau|domaine|maison|caves?|vins|vinos|"
        u"tenuta|cantina|"
        u"beverages?|liquors?|bottle|bottling|provisions|foods?|farms?|market|markets|trading|"
        u"traders|"
        u"merchants|distribution|distributors?|supply|logistics|shipping|freight|transport|motors|"
        u"auto|"
        u"construction|builders|contractors|plumbing|heating|electric|roofing|landscaping|realty|"
        u"properties|real "
        u"estate|immobilien|insurance|versicherung|financial|finance|advisors|investments|"
        u"media|press|publishing|verlag|design|designs|architects|architekten|architects|"
        u"engineering|"
        u"software|digital|networks?|energy|solar|health|medical|dental|fitness|salon|spa|boutique|"
        u"shop|"
        u"store|outfitters|works|werke?|workshop|werkstatt|atelier|house|collective|co-?op|"
        u"cooperative|"
        u"society|association|verein|club|guild|council|department|ministry|office|tasting room)(?!\\p{L})"_s,
        kFlags);
    return matches(pattern, text);
}

bool isGivenName(const QString& word)
{
    static const QSet<QString> names = setOf(
        u"james john robert michael william david richard joseph thomas charles christopher daniel "
        u"matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward "
        u"ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin "
        u"scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry "
        u"tyler aaron henry oliver harry walter walt peter adam nathan zachary douglas kyle noah "
        u"ethan jeremy christian keith roger terry sean austin lucas hugo max marcus martin philip "
        u"mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy "
        u"betty "
        u"sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah "
        u"stephanie dorothy rebecca sharon laura cynthia amy kathleen angela shirley brenda emma "
        u"anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria "
        u"heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan "
        u"evelyn "
        u"judith andrea hannah megan cheryl jacqueline martha grace alice charlotte eleanor "
        u"harriet "
        u"beatrice sophie sofia sophia priya mei ines jose luis juan carlos miguel antonio manuel "
        u"pedro javier fernando pablo elena carmen lucia isabel marta pilar jurgen hans klaus "
        u"wolfgang "
        u"stefan thorsten torsten uwe heinz karl lars sven anke petra sabine ursula monika birgit "
        u"heike katrin julia claudia francois jean pierre jacques philippe michel alain claire "
        u"amelie "
        u"camille chloe marie isabelle nathalie sylvie celine giovanni marco luca giulia francesca "
        u"chiara paolo lorenzo ali ahmed omar fatima wei li chen yuki hiroshi kenji raj anil "
        u"sanjay "
        u"ravi deepa tariq leila amir yusuf olga ivan dmitri natasha igor erik ingrid astrid bjorn"_s);
    return names.contains(folded(word));
}

bool isHonorific(const QString& word)
{
    static const QSet<QString> words = setOf(
        u"dr prof mr mrs ms miss mx sir dame med dipl ing mag herr frau jur rer nat phil dipling "
        u"msc bsc mme m don doña sr sra ra rain hon rev drmed me univ habil oec pol dent vet eng "
        u"arch "
        u"avv dott dottssa geom mgr mudr judr phdr rndr pd kfm kffr drs ir lic lcdo lcda mtro mtra "
        u"mlle hr hc capt maj col sgt fr"_s);
    return words.contains(folded(word)) && (word.contains(u'.') || word.size() > 2);
}

bool isNameSuffix(const QString& word)
{
    static const QSet<QString> words = setOf(
        u"jr sr ii iii iv phd mba md cpa esq mw ms llm jd dds "
        u"dvm rn pe aia cfa pmp mfa ma ba bsc msc "
        u"dipwset wset cse csw rd pharmd edd facp cfp sra mph frcs mrcp fca aca acca riba obe mbe "
        u"cbe kc qc llb bcom bba msw lcsw psyd cissp mrics frics ceng"_s);
    return words.contains(folded(word));
}

bool isNameParticle(const QString& word)
{
    static const QSet<QString> words = setOf(
        u"von van de der den del della di da dos du la le los zu zur ter ten af av bin al el y e "
        u"vd v.d. vom zum auf dem dal dalla dalle degli delle lo do das dello ibn ben bint abu ul "
        u"op "
        u"het 't te tot san santa i"_s);
    return words.contains(word.toLower());
}

bool isCommonWord(const QString& word)
{
    static const QSet<QString> words = setOf(
        u"the a an and of for to in on at by with from since your our we you your us is are that "
        u"this "
        u"fine small long great good best quality honest fresh hand made crafted craft family "
        u"every "
        u"all always more new old since est established seit depuis desde und fur mit der die das "
        u"et "
        u"pour avec con para license licence member certified trusted experience excellence "
        u"passion tradition innovation serving delivering bringing creating better world life work "
        u"street avenue road suite floor unit box north south east west wine spirits beer whiskey "
        u"estate open hours monday friday scan me follow thank"_s);
    return words.contains(folded(word));
}

} // namespace queuedeck::handlers
