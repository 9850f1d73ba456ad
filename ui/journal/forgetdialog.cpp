// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/forgetdialog.h"

#include "core/async/deliver.h"
#include "core/base/counted.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
QString counted(const char* one, const char* many, qint64 count)
{
    return base::counted("ForgetDialog", one, many, count);
}
} // namespace

ForgetDialog::ForgetDialog(service::JobService& jobs, QWidget* parent)
    : BulkDialog(parent)
    , m_jobs(jobs)
    , m_days(new QSpinBox(this))
    , m_before(new Label({}, TextRole::Small, Color::Muted))
    , m_note(new Strip(this))
{
    setObjectName(u"forgetDialog"_s);
    setWindowTitle(tr("Forget Old Entries"));
    content()->addWidget(new Label(tr("How much of the journal may go?"), TextRole::Title));
    auto* text = new Label(tr("What is forgotten can no longer be undone, nor looked up. The jobs "
                              "stay as they are."));
    text->setWordWrap(true);
    content()->addWidget(text);
    auto* age = new QHBoxLayout;
    age->setSpacing(px(space::kS));
    m_days->setObjectName(u"days"_s);
    m_days->setRange(0, 36'500);
    m_days->setValue(90);
    m_days->setAccessibleName(tr("Older than, in days"));
    age->addWidget(new Label(tr("Older than"), TextRole::Body, Color::Muted));
    age->addWidget(m_days);
    age->addWidget(new Label(tr("days")));
    age->addWidget(m_before);
    age->addStretch(1);
    content()->addLayout(age);
    m_note->setObjectName(u"note"_s);
    content()->addWidget(m_note);
    content()->addStretch(1);
    setButtons(tr("Keep Them"), true);
    setMinimumWidth(px(560));
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(std::chrono::milliseconds(250));
    connect(&m_debounce, &QTimer::timeout, this, &ForgetDialog::count);
    connect(m_days, &QSpinBox::valueChanged, this, &ForgetDialog::changed);
    changed();
    count();
}

QDateTime ForgetDialog::before() const
{
    return QDateTime::currentDateTimeUtc().addDays(-m_days->value());
}

void ForgetDialog::changed()
{
    ++m_generation; // a running query is for an earlier choice
    setCounting();
    m_before->setText(tr("done before %1").arg(formatTime(before())));
    m_debounce.start();
}

void ForgetDialog::count()
{
    m_debounce.stop();
    clearError();
    m_counted = before();
    async::deliver(
        m_jobs.countJournalBefore(m_counted), this,
        [this, generation = m_generation](const base::Result<qint64>& entries) {
            if (generation != m_generation)
                return;
            if (!entries) {
                showError(entries.error());
                return;
            }
            m_note->say(Strip::Kind::Info,
                        *entries == 0 ? tr("Nothing in the journal is that old.")
                                      : tr("Programs that carry out a change keep theirs. The "
                                           "database may use the space again; its file shrinks "
                                           "only after VACUUM."));
            setGo(*entries == 0 ? tr("Nothing to Forget")
                                : counted("Forget 1 Entry",
                                          QT_TRANSLATE_N_NOOP("ForgetDialog", "Forget %L1 Entries"),
                                          *entries),
                  *entries > 0);
            adjustSize();
        });
}

void ForgetDialog::go()
{
    if (!isRunning())
        follow(m_jobs.forgetJournal(m_counted, begin()));
}

} // namespace queuedeck::ui
