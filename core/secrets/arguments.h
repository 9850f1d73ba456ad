// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace queuedeck::secrets {

/// The text with ••• for every password and key in it that is recognizable by its form, whether the
/// address around it is well-formed or not: anything between : and @ after a scheme or a user,
/// anything after password=, token: and the like, and words that look like keys. Errs on the side
/// of masking too much. For text from a command line that is shown again.
QString withoutSecrets(const QString& text);
/// The same with one • per character, so that positions in the text stay valid.
QString withoutSecretsInPlace(const QString& text);

/// The arguments of this program, which every user of the computer can read while it runs. The
/// constructor copies them and overwrites the secrets in the originals with asterisks. Create it in
/// main(), before anything else reads argv.
class Arguments
{
public:
    Arguments(int argc, char** argv);

    /// The arguments as given, for those still in argc and argv: QApplication removes its own.
    QStringList given(int argc, char* const* argv) const;
    /// All of them as given, for a parser; valid as long as this object.
    std::vector<const char*> pointers() const;
    bool hadSecret() const { return m_hadSecret; }
    /// The message with every secret of the arguments (3 or more characters) masked.
    QString masked(QString message) const;

private:
    struct Argument
    {
        const char* at; ///< where the original is
        QByteArray value;
    };
    std::vector<Argument> m_arguments;
    QStringList m_secrets; ///< longest first
    bool m_hadSecret = false;
};

} // namespace queuedeck::secrets
