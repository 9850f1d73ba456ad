// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/arguments.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace queuedeck::secrets {

namespace {
constexpr qsizetype kShortest = 3; ///< shorter secrets are not searched for in other text

struct Part
{
    qsizetype begin;
    qsizetype end;
};

// Patterns of secrets; the secret itself is the group of that name. Addresses need not be
// well-formed: malformed ones are the ones that get printed.
QVector<QRegularExpression> patterns()
{
    // Followed by = or a colon and the secret. A certificate's key (tls-key) is a file name.
    const QString name =
        u"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|authorization|credentials?|"
        "(?:api|access|private)[_-]?key|(?<!tls-)(?<![a-z])key)[\"']?"_s;
    const QString before = u"(?<![?&;\\w.-])[\\w.-]*"_s + name + u"\\s*[=:]\\s*"_s;
    QVector<QRegularExpression> all;
    for (const QString& pattern : {
             // scheme://user:password@, up to the last @: a password may contain any character.
             u"[a-z][a-z0-9+.-]*:/*[^:/@\\s]*:(?<secret>.*)@"_s,
             u"(?:^|[\\s\"'=(])/*[^:/@\\s\"'=]*:(?!//)(?!/[^:/@\\s]*:)(?<secret>\\S+)@"_s,
             // Cut off before the host; a number is a port.
             u"://[^:/@\\s\\[]*:(?!\\d{1,5}(?:[^\\w@:]|$))(?<secret>[^@\\s]+)(?=\\s|$)"_s,
             u"https?://(?<secret>[^:/@\\s]+)@"_s, // a token in place of user and password
             u"[?&;]\\s*[\\w.-]*"_s + name + u"=(?<secret>[^&\\s\"']+)"_s,
             before + u"'(?<secret>(?:[^'\\\\]|\\\\.)*)"_s,
             before + u"\"(?<secret>(?:[^\"\\\\]|\\\\.)*)"_s,
             before + u"(?:(?:bearer|basic|apikey)\\s+)?(?<secret>[^\\s\"']\\S*)"_s,
         })
        all += QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    for (const QString& pattern :
         {u"(?<![\\w/.-])(?<secret>sk-[A-Za-z0-9_-]{16,}|[0-9A-Fa-f]{40,})(?![\\w/.-])"_s,
          u"(?<![\\w/.-])(?<secret>(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])(?=[\\w-]*[0-9])[\\w-]{32,}=*)"
          "(?![\\w/.-])"_s})
        all += QRegularExpression(pattern);
    return all;
}

/// In order and without overlaps.
QVector<Part> secretParts(const QString& text)
{
    static const QVector<QRegularExpression> kPatterns = patterns();
    QVector<Part> parts;
    for (const QRegularExpression& pattern : kPatterns) {
        for (auto match = pattern.globalMatch(text); match.hasNext();) {
            const auto found = match.next();
            if (found.capturedLength(u"secret"_s) > 0)
                parts += {found.capturedStart(u"secret"_s), found.capturedEnd(u"secret"_s)};
        }
    }
    std::sort(parts.begin(), parts.end(),
              [](const Part& a, const Part& b) { return a.begin < b.begin; });
    QVector<Part> joined;
    for (const Part& part : std::as_const(parts)) {
        if (!joined.isEmpty() && part.begin <= joined.last().end)
            joined.last().end = std::max(joined.last().end, part.end);
        else
            joined += part;
    }
    return joined;
}
} // namespace

QString withoutSecrets(const QString& text)
{
    QString out = text;
    const QVector<Part> parts = secretParts(text);
    for (auto part = parts.crbegin(); part != parts.crend(); ++part)
        out.replace(part->begin, part->end - part->begin, u"•••"_s);
    return out;
}

QString withoutSecretsInPlace(const QString& text)
{
    QString out = text;
    for (const Part& part : secretParts(text))
        std::fill(out.begin() + part.begin, out.begin() + part.end, u'•');
    return out;
}

Arguments::Arguments(int argc, char** argv)
{
    for (int i = 0; i < argc; ++i) {
        m_arguments.push_back({argv[i], argv[i]});
        if (i == 0)
            continue;
        const QString text = QString::fromUtf8(argv[i]);
        const QVector<Part> parts = secretParts(text);
        for (const Part& part : parts)
            m_secrets += text.sliced(part.begin, part.end - part.begin);
        if (parts.isEmpty())
            continue;
        m_hadSecret = true;
        // With invalid UTF-8 the positions would be wrong.
        if (text.toUtf8() != QByteArrayView(argv[i])) {
            std::memset(argv[i], '*', std::strlen(argv[i]));
            continue;
        }
        for (const Part& part : parts) {
            const qsizetype from = QStringView(text).first(part.begin).toUtf8().size();
            const qsizetype to = QStringView(text).first(part.end).toUtf8().size();
            std::memset(argv[i] + from, '*', size_t(to - from));
        }
    }
    std::sort(m_secrets.begin(), m_secrets.end(),
              [](const QString& a, const QString& b) { return a.size() > b.size(); });
}

QStringList Arguments::given(int argc, char* const* argv) const
{
    QStringList list;
    for (int i = 0; i < argc; ++i) {
        const auto same = std::find_if(m_arguments.begin(), m_arguments.end(),
                                       [&](const Argument& one) { return one.at == argv[i]; });
        list +=
            QString::fromLocal8Bit(same == m_arguments.end() ? QByteArray(argv[i]) : same->value);
    }
    return list;
}

std::vector<const char*> Arguments::pointers() const
{
    std::vector<const char*> all;
    for (const Argument& argument : m_arguments)
        all.push_back(argument.value.constData());
    return all;
}

QString Arguments::masked(QString message) const
{
    for (const QString& secret : m_secrets) {
        if (secret.size() >= kShortest)
            message.replace(secret, u"•••"_s);
    }
    return message;
}

} // namespace queuedeck::secrets
