// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/outcomedialog.h"

#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostReasons = 8;
constexpr qsizetype kMostExamples = 3;
constexpr qsizetype kMostInTip = 20;

QString ids(const SkippedFor& some, qsizetype most, QString (*form)(const QString&))
{
    QStringList shown;
    for (const QString& id : some.ids.first(qMin(most, some.ids.size())))
        shown += form(id);
    if (some.ids.size() > most)
        shown += u"…"_s;
    return shown.join(u", "_s);
}

Line lineOf(const SkippedFor& some)
{
    const QString reason = showControls(some.reason);
    return {{reason, {}, false, false, false, reason},
            {formatCount(some.ids.size())},
            {ids(some, kMostExamples, &shortId),
             {},
             true,
             false,
             true,
             ids(some, kMostInTip, &showControls)}};
}

Strip* strip(Strip::Kind kind, const QString& text, const QString& name)
{
    auto* made = new Strip;
    made->setObjectName(name);
    made->say(kind, text);
    return made;
}
} // namespace

OutcomeDialog::OutcomeDialog(Deed deed, const domain::Outcome& outcome, QWidget* parent)
    : Dialog(u"outcomeDialog"_s, tr("Done in Part"), parent)
{
    auto* heading = new Label(outcomeTitle(deed, outcome), TextRole::Title);
    heading->setObjectName(u"heading"_s);
    heading->setWordWrap(true);
    content()->addWidget(heading);
    if (outcome.failure)
        content()->addWidget(
            strip(Strip::Kind::Error, showControls(errorLine(*outcome.failure)), u"failure"_s));
    QVector<SkippedFor> reasons = skippedByReason(outcome);
    if (!reasons.isEmpty()) {
        auto* table = new LinesTable(tr("Left alone"), {{tr("Why they were left alone"), 0, false},
                                                        {tr("Jobs"), 84, true},
                                                        {tr("Such as"), 240, false}});
        QVector<Line> lines;
        for (const SkippedFor& some : reasons.first(qMin(kMostReasons, reasons.size())))
            lines += lineOf(some);
        qint64 rest = 0;
        for (qsizetype i = kMostReasons; i < reasons.size(); ++i)
            rest += reasons[i].ids.size();
        if (rest > 0)
            lines += Line{{tr("other reasons"), {}, true}, {formatCount(rest)}, {}};
        table->setLines(lines);
        content()->addWidget(table);
    }
    if (outcome.wereRunning > 0)
        content()->addWidget(
            strip(Strip::Kind::Info,
                  tr("Running at that moment: %1, which another processor may still complete.")
                      .arg(formatCount(outcome.wereRunning)),
                  u"running"_s));
    if (outcome.changed > 0 && !outcome.lost.isEmpty())
        content()->addWidget(strip(Strip::Kind::Warning,
                                   showControls(lostText(outcome.lost, !outcome.journal.isEmpty())),
                                   u"lost"_s));
    const bool canUndo = !outcome.journal.isEmpty() && deed != Deed::Undo && outcome.changed > 0;
    setNote(canUndo ? tr("What was done stays done; the journal has it.")
                    : tr("What was done stays done."));
    if (canUndo) {
        auto* undo = makeButton(tr("Undo"), this);
        undo->setObjectName(u"undo"_s);
        undo->setAutoDefault(false);
        connect(undo, &QPushButton::clicked, this, [this, entry = outcome.journal] {
            accept();
            Q_EMIT undoWanted(entry);
        });
        addToFoot(undo);
    }
    auto* close = makeButton(tr("Close"), this, ButtonRole::Primary);
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    addToFoot(close);
    close->setFocus();
    setMinimumWidth(px(640));
}

} // namespace queuedeck::ui
