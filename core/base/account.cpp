// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/account.h"

#include <array>
#include <optional>
#include <pwd.h>
#include <unistd.h>

namespace queuedeck::base {

namespace {
constexpr size_t kEntrySize = 16 * 1024;

struct Account
{
    QString name;
    QByteArray home;
};

template <class Find>
std::optional<Account> accountFrom(Find find)
{
    passwd entry = {};
    passwd* found = nullptr;
    std::array<char, kEntrySize> buffer;
    if (find(&entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return std::nullopt;
    return Account{QString::fromLocal8Bit(entry.pw_name), entry.pw_dir};
}

std::optional<Account> accountOf(uid_t uid)
{
    return accountFrom([uid](passwd* entry, char* buffer, size_t size, passwd** found) {
        return ::getpwuid_r(uid, entry, buffer, size, found);
    });
}

// Trusted only as root, who could write any name anyway; a name without an account is ignored.
QString personBehindSudo()
{
    const QByteArray name = ::getuid() == 0 ? qgetenv("SUDO_USER") : QByteArray();
    if (name.isEmpty())
        return {};
    const auto account =
        accountFrom([&name](passwd* entry, char* buffer, size_t size, passwd** found) {
            return ::getpwnam_r(name.constData(), entry, buffer, size, found);
        });
    return account ? account->name : QString();
}
} // namespace

QString accountName()
{
    const QString person = personBehindSudo();
    if (!person.isEmpty())
        return person;
    if (const auto account = accountOf(::getuid()); account && !account->name.isEmpty())
        return account->name;
    for (const char* variable : {"USER", "LOGNAME"}) {
        if (qEnvironmentVariableIsSet(variable) && !qEnvironmentVariableIsEmpty(variable))
            return qEnvironmentVariable(variable);
    }
    return QStringLiteral("uid %1").arg(::getuid());
}

QString hostName()
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0')
        return QStringLiteral("unknown");
    return QString::fromLocal8Bit(name.data());
}

void ensureHome()
{
    if (!qEnvironmentVariableIsEmpty("HOME"))
        return;
    if (const auto account = accountOf(::getuid()); account && !account->home.isEmpty())
        qputenv("HOME", account->home);
}

} // namespace queuedeck::base
