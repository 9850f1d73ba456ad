// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progresstext.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>

#include <cmath>

namespace queuedeck::ui {
namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(queuedeck::ui::ProgressText)
};
} // namespace

QString progressText(const domain::Progress& progress)
{
    const QString words = showControls(progress.text);
    if (!progress.fraction)
        return words;
    const QString share =
        Words::tr("%1 %", "a percentage").arg(int(std::floor(*progress.fraction * 100 + 1e-9)));
    return words.isEmpty() ? share
                           : Words::tr("%1, %2", "percentage, what is done").arg(share, words);
}

} // namespace queuedeck::ui
