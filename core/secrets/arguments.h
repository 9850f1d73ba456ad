// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace queuedeck::secrets {

/// The text with ••• for every password and key in it that can be told by its looks, whether the
/// address around it is well-formed or not: what stands between : and @ behind a scheme or a user,
/// what follows password=, token: and the like, and words that are keys. Rather too much than too
/// little. For text that came from a command line and is shown again.
QString withoutSecrets(const QString& text);
/// The same with one • for each character, so that positions in it stay true.
QString withoutSecretsInPlace(const QString& text);

/// The arguments of this program, which every user of the computer can read while it runs. The
/// constructor takes a copy and overwrites the secrets in the originals with asterisks. Made in
/// main(), before anything else reads argv.
class Arguments
{
public:
    Arguments(int argc, char** argv);

    /// The arguments as given, for what is left in argc and argv: QApplication takes out its own.
    QStringList given(int argc, char* const* argv) const;
    /// The same for a parser; valid as long as this object.
    std::vector<const char*> pointers() const;
    bool hadSecret() const { return m_hadSecret; }
    /// A message in which nothing secret of the arguments stands any more.
    QString masked(QString message) const;

private:
    struct Argument
    {
        const char* at; ///< where the original stands
        QByteArray value;
    };
    std::vector<Argument> m_arguments;
    QStringList m_secrets; ///< longest first
    bool m_hadSecret = false;
};

} // namespace queuedeck::secrets
