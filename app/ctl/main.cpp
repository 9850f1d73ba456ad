// SPDX-License-Identifier: GPL-3.0-or-later
// queuedeckctl: the queue without a window, for shells, cron and servers.
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "core/base/account.h"
#include "core/db/databaseurl.h"
#include "core/secrets/arguments.h"
#include "core/secrets/environment.h"
#include "core/secrets/hardening.h"
#include "core/service/home.h"

#include <QGuiApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
void warnOfPassword(ctl::Console& console, const QString& option)
{
    const auto url = db::DatabaseUrl::parse(option);
    if (!option.isEmpty() && url && !url->password.isEmpty())
        console.note(u"Other users of this computer may have seen the password in --db. Put the "
                     "address into QUEUEDECK_DATABASE_URL instead."_s);
}

// Reports which parts of the address are ignored; an unreadable address is reported by the command
// itself.
void tellOfAddress(ctl::Console& console, const QString& address)
{
    if (address.isEmpty())
        return;
    if (const auto url = db::DatabaseUrl::parse(address)) {
        for (const QString& note : url->notes)
            console.note(note);
    }
}

/// Pages are laid out with Qt's fonts, which need a QGuiApplication; without a screen, it needs no
/// display either. Other commands do not pay for its start.
std::unique_ptr<QCoreApplication> makeApplication(bool runsJobs, int& argc, char** argv)
{
    if (!runsJobs)
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // It takes options such as -platform for itself, which are none of ours.
    static int one = 1;
    // Without XDG_RUNTIME_DIR, as under cron, Qt warns of a folder that nothing here uses.
    const QtMessageHandler before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    auto app = std::make_unique<QGuiApplication>(one, argv);
    qInstallMessageHandler(before);
    return app;
}

bool runsJobs(const ctl::Command& command)
{
    const auto* report = std::get_if<ctl::MakeReport>(&command);
    return std::holds_alternative<ctl::Process>(command) ||
           std::holds_alternative<ctl::Serve>(command) || (report && report->wait);
}

int noCommand(ctl::Console& console, const ctl::NoCommand& reason)
{
    if (reason.exitCode == 0)
        console.line(reason.text);
    else
        console.error(base::fail(base::ErrorKind::Invalid, reason.text));
    return reason.exitCode;
}
} // namespace

int main(int argc, char** argv)
{
    secrets::hardenProcess();
    secrets::takeEnvironment();
    base::ensureHome();
    const secrets::Arguments arguments(argc, argv);

    const std::vector<const char*> given = arguments.pointers();
    ctl::Console console(ctl::wantsJson(argc, given.data()),
                         [&arguments](const QString& text) { return arguments.masked(text); });
    const auto commandLine = ctl::parseCommandLine(argc, given.data());

    const auto app = makeApplication(commandLine && runsJobs(commandLine->command), argc, argv);
    QCoreApplication::setOrganizationName(u"Queuedeck"_s);
    QCoreApplication::setApplicationName(u"Queuedeck"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QUEUEDECK_VERSION));

    int exitCode = 0;
    if (!commandLine) {
        exitCode = noCommand(console, commandLine.error());
    } else {
        warnOfPassword(console, commandLine->db);
        const bool isNamed = !commandLine->connection.isEmpty();
        ctl::Context context{console,
                             isNamed ? QString() : service::databaseAddress(commandLine->db),
                             commandLine->readOnly};
        const auto chosen = isNamed ? ctl::chooseConnection(context, commandLine->connection)
                                    : tl::expected<void, ctl::Failure>();
        tellOfAddress(console, context.address);
        // Programs started by jobs must not inherit an address with a password.
        qunsetenv("QUEUEDECK_DATABASE_URL");
        qunsetenv("DATABASE_URL");
        const ctl::Done done =
            chosen ? std::visit([&](const auto& command) { return ctl::run(context, command); },
                                commandLine->command)
                   : ctl::Done(tl::unexpected(chosen.error()));
        exitCode = done.value_or(ctl::kDone);
        if (!done) {
            console.error(done.error());
            exitCode = done.error().exitCode();
        }
    }
    if (!console.flush()) {
        std::perror("queuedeckctl: standard output");
        return ctl::kWorkFailed;
    }
    return exitCode;
}
