// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardtext.h"

#include <QRegularExpression>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

struct LabelPattern
{
    Label label;
    QRegularExpression pattern;
};

QRegularExpression labelPattern(const QString& words, const QString& letters)
{
    // A word needs nothing after it; a single letter needs a sign, a space or the end of the line.
    return QRegularExpression(
        u"^\\s*(?:(?:%1)(?![\\p{L}])(?:\\s*[.:)\\-])*|(?:%2)(?:\\s*[.:)]+|\\s+(?=[+"
        u"(0-9@a-z])|\\s*$))\\s*"_s.arg(words, letters),
        QRegularExpression::UseUnicodePropertiesOption);
}

/// Names for the numbers of registers, taxes, banks and licences.
QString numberWords()
{
    const QString number = u"(?:[ .\\-]*(?:no|nr|num|number|nummer|n[°º]|id))*"_s;
    const QString registers =
        u"(?:company |comp\\. ?|business |charity )?reg(?:ist(?:er|ration|ered))?|registered in "
        u"\\p{L}+|handelsregister|hr ?[ab]|amtsgericht \\p{L}+|fn|siren|siret|rcs(?: \\p{L}+)?|ape|"
        u"naf|kvk|cvr|org|krs|regon|crn|uen|acra|brn|ico|i[čc]|duns|che"_s;
    const QString taxes =
        u"vat(?:[ .\\-]*reg(?:istration)?)?|ust\\.?[ \\-]?id|uid|mwst|st(?:euer)?\\.?|tax|n[°º] "
        u"?(?:de )?"
        u"tva|tva(?: intra\\p{L}*)?|btw|moms|mva|se|p\\.? ?iva|partita iva|c\\.? ?f|cod\\. "
        u"?fisc|abn|acn|"
        u"f?ein|tin|ssn|dic|di[čc]|nif|cif|nie|nit|cnpj|cpf|rut|ruc|cuit|rfc|nip|pesel|oib|egn|inn|"
        u"gst(?:in)?|pan"_s;
    const QString banks =
        u"iban|bic|swift|konto|kto|account|acc?t|routing|sort ?code|blz|clabe|aba"_s;
    const QString others =
        u"(?:\\p{L}+ )?lic(?:en[sc]e)?|permit|dre|npi|nmls|bar|cert(?:ificate)?|member(?:ship)?|"
        u"customer|order|invoice|serial|part|item|ref(?:erence)?|id|kunden|rechnungs|artikel|"
        u"mitglieds|no|nr|num(?:ber)?|n[°º]|fca|gmc|nmc|sra|isbn|issn|ean|upc|hours|open(?:ing "
        u"hours)?|since|est(?:ablished)?|founded|(?:p\\.? ?o\\.? ?)?box|postfach|apartado|b\\.?p"_s;
    return u"(?i:(?:%1|%2|%3|%4)%5)"_s.arg(registers, taxes, banks, others, number);
}

const QList<LabelPattern>& labelPatterns()
{
    static const QList<LabelPattern> patterns = {
        {Label::Number, labelPattern(numberWords(), u"[#№]"_s)},
        {Label::Fax,
         labelPattern(
             u"(?i:(?:tele?fax|fax|facsimile|t[ée]l[ée]copie|fx)(?:[ .\\-]*(?:no|nr|number|"
             u"nummer))?)"_s,
             u"[Ff]"_s)},
        {Label::Phone,
         labelPattern(
             u"(?i:(?:tele(?:ph|f)on[eo]?|telefoon|t[ée]l[ée]phone|t[ée]l(?:[ée]f)?(?:ono)?|"
             u"tel[ée]fonos?|tlf|tfno|tfn|phones?|ph|mobile?|mobiltelefon|mobiel|m[óo]vil|mob|"
             u"handy|cell(?:ular[e]?)?|celular|gsm|natel|portable|port|direct(?: line| dial)?|"
             u"direkt|durchwahl|office|desk|main|call|toll[- ]free|freephone|whatsapp|b[üu]ro|"
             u"zentrale|bureau|oficina|standard|switchboard|reception)(?:[ .\\-]*(?:phone|no|nr|"
             u"number|nummer))?)"_s,
             u"[TtPpMmDdCcOoHh]"_s)},
        {Label::Email, labelPattern(u"(?i:e-?\\s?mail|mail|courriel|correo)"_s, u"[Ee]"_s)},
        {Label::Web,
         labelPattern(u"(?i:web(?:\\s?site)?|internet|url|homepage|site(?: web)?|online)"_s,
                      u"[Ww]"_s)},
        {Label::Address,
         labelPattern(u"(?i:address|addr|adresse|anschrift|direcci[óo]n)"_s, u"[Aa](?=\\s*:)"_s)},
    };
    return patterns;
}

} // namespace

Label takeLabel(QString& text, bool& alone)
{
    alone = false;
    for (const LabelPattern& known : labelPatterns()) {
        const QRegularExpressionMatch match = known.pattern.match(text);
        if (!match.hasMatch() || match.capturedLength() == 0)
            continue;
        text = text.mid(match.capturedLength());
        alone = text.trimmed().isEmpty();
        return known.label;
    }
    return Label::None;
}

} // namespace queuedeck::handlers
