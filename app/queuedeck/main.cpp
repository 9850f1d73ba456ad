// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/options.h"
#include "app/queuedeck/program.h"
#include "core/base/account.h"
#include "core/secrets/arguments.h"
#include "core/secrets/environment.h"
#include "core/secrets/hardening.h"
#include "ui/mainwindow/windowmemory.h"
#include "ui/widgets/settingsfile.h"
#include "ui/widgets/theme.h"

#include <QApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    queuedeck::secrets::hardenProcess();
    queuedeck::secrets::takeEnvironment();
    queuedeck::base::ensureHome();
    const queuedeck::secrets::Arguments arguments(argc, argv);
    if (arguments.hadSecret())
        std::fputs("Other users of this computer may have seen the password in the arguments. Put "
                   "the address into QUEUEDECK_DATABASE_URL instead.\n",
                   stderr);

    QCoreApplication::setApplicationVersion(QStringLiteral(QUEUEDECK_VERSION));
    const QStringList given = arguments.given(argc, argv);
    // Help and version need no display.
    if (queuedeck::app::Options::wantsWords(given)) {
        const QCoreApplication words(argc, argv);
        queuedeck::app::Options::parse(given);
        return 0;
    }
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Queuedeck"_s);
    QApplication::setApplicationName(u"Queuedeck"_s);
    QApplication::setDesktopFileName(u"io.github.queuedeck.Queuedeck"_s);

    const auto options = queuedeck::app::Options::parse(arguments.given(argc, argv));
    const queuedeck::ui::SettingsFile settings;
    queuedeck::ui::Appearance::instance().install(application);
    queuedeck::ui::WindowMemory::applyToProgram();
    queuedeck::app::Program program(options, settings.trouble());
    program.start();
    return QApplication::exec();
}
