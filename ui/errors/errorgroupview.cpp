// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/errorgroupview.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/errors/errorwords.h"
#include "ui/errors/hourbars.h"
#include "ui/errors/signaturetext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
enum Fact { FirstSeen, Share, LastSeen, Types, ThisHour, FactCount };
constexpr qsizetype kValuesShown = 3;
constexpr qsizetype kMostOfAValue = 18;
constexpr qsizetype kMostStored = 2000;

// An empty box in place of the one before; what is in use may be the one that was clicked.
QWidget* renewed(QWidget*& box, QVBoxLayout& column)
{
    auto* fresh = new QWidget(box->parentWidget());
    delete column.replaceWidget(box, fresh);
    box->hide();
    box->deleteLater();
    box = fresh;
    return fresh;
}

QString shortened(const QString& value)
{
    return value.size() > kMostOfAValue ? value.left(kMostOfAValue - 1) + u'…' : value;
}
} // namespace

ErrorGroupView::ErrorGroupView(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(new Label({}, TextRole::Title, Color::Text, this))
    , m_signature(new SignatureText(this))
    , m_copy(new CopyButton(tr("Copy the error"), this))
    , m_hours(new HourBars(this))
    , m_variesTitle(new Label(tr("What varies"), TextRole::Strong, Color::Text, this))
    , m_varies(new QWidget(this))
    , m_examplesTitle(new Label({}, TextRole::Strong, Color::Text, this))
    , m_examples(new QWidget(this))
    , m_storedTitle(new Label({}, TextRole::Strong, Color::Text, this))
    , m_stored(new Label({}, TextRole::Mono, Color::Muted, this))
    , m_copyStored(new CopyButton(tr("Copy as stored"), this))
{
    m_title->setObjectName(u"groupTitle"_s);
    m_stored->setObjectName(u"stored"_s);
    m_stored->setWordWrap(true);
    m_stored->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kS));
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_copy);
    column->addLayout(head);
    column->addWidget(m_signature);
    auto* facts = new QGridLayout;
    facts->setHorizontalSpacing(px(space::kS));
    facts->setVerticalSpacing(px(3));
    facts->setColumnStretch(1, 1);
    facts->setColumnStretch(3, 1);
    const QStringList names{tr("First"), tr("Share"), tr("Last"), tr("Type"), tr("This hour")};
    for (int fact = 0; fact < FactCount; ++fact) {
        auto* name = new Label(names[fact], TextRole::Small, Color::Muted, this);
        m_facts += new ElidedLabel({}, TextRole::Body, Color::Text, this);
        name->setBuddy(m_facts.last());
        facts->addWidget(name, fact / 2, 2 * (fact % 2));
        facts->addWidget(m_facts.last(), fact / 2, 2 * (fact % 2) + 1);
    }
    column->addLayout(facts);
    column->addSpacing(px(space::kS));
    column->addWidget(
        new Label(tr("Per hour, last 24 hours"), TextRole::Strong, Color::Text, this));
    column->addWidget(m_hours);
    column->addSpacing(px(space::kS));
    column->addWidget(m_variesTitle);
    column->addWidget(m_varies);
    column->addSpacing(px(space::kS));
    column->addWidget(m_examplesTitle);
    column->addWidget(m_examples);
    column->addSpacing(px(space::kS));
    auto* stored = new QHBoxLayout;
    stored->addWidget(m_storedTitle, 1);
    stored->addWidget(m_copyStored);
    column->addLayout(stored);
    column->addWidget(m_stored);
    auto* note = new Label(tr("Grouped by the first line. Numbers, ids, hosts, paths, times and "
                              "quotes are left out. Times are those of creation, as a failed job "
                              "does not record when it failed."),
                           TextRole::Small, Color::Muted, this);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    for (CopyButton* button : {m_copy, m_copyStored})
        connect(button, &CopyButton::copied, this, &ErrorGroupView::copied);
}

void ErrorGroupView::setGroup(const domain::ErrorGroup& group, double share, qint64 total,
                              const QDateTime& now)
{
    m_group = group;
    m_title->setText(base::counted(
        "ErrorGroupView", QT_TRANSLATE_NOOP("ErrorGroupView", "1 job with this error"),
        QT_TRANSLATE_N_NOOP("ErrorGroupView", "%L1 jobs with this error"), group.count));
    m_signature->setGroup(group);
    m_copy->setText(errorwords::signature(group));
    const QVector<qint64> bars = group.perHour(now);
    m_hours->setBars(bars, now);
    m_facts[ThisHour]->setText(formatCount(bars.last()));
    showFacts(share, total);
    showVarying();
    showExamples(now);
    readStored();
}

void ErrorGroupView::showFacts(double share, qint64 total)
{
    m_facts[FirstSeen]->setText(formatTime(m_group.first));
    m_facts[LastSeen]->setText(formatTime(m_group.last));
    m_facts[Share]->setText(
        tr("%1 of %2", "share, number").arg(errorwords::share(share), formatCount(total)));
    QStringList types;
    for (const auto& [type, count] : m_group.types)
        types += m_group.types.size() == 1
                     ? type
                     : tr("%1 %2", "type, number").arg(type, formatCount(count));
    m_facts[Types]->setText(showControls(types.join(u", ")));
}

void ErrorGroupView::showVarying()
{
    QString all;
    for (const domain::ErrorVarying& varying : m_group.varies) {
        for (const auto& [value, count] : varying.byCount().mid(0, kValuesShown))
            all += value + u'\t' + QString::number(count) + u'\n';
        all += u'\n';
    }
    if (std::exchange(m_shownVarying, m_group.signature + u'\n' + all) == m_shownVarying)
        return; // so that the focus stays
    QWidget* const box = renewed(m_varies, *static_cast<QVBoxLayout*>(layout()));
    box->setObjectName(u"varies"_s);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kS));
    grid->setVerticalSpacing(px(space::kXs));
    grid->setColumnStretch(1, 1);
    for (size_t i = 0; i < m_group.varies.size(); ++i) {
        const domain::ErrorVarying& varying = m_group.varies[i];
        auto* name =
            new ElidedLabel(errorwords::place(m_group, i), TextRole::Small, Color::Muted, box);
        name->setFixedWidth(px(96));
        grid->addWidget(name, int(i), 0);
        auto* row = new QHBoxLayout;
        row->setSpacing(px(space::kXs));
        const auto values = varying.byCount();
        qint64 others = varying.others;
        for (qsizetype v = 0; v < values.size(); ++v) {
            const auto& [value, count] = values[v];
            if (v >= kValuesShown) {
                others += count;
                continue;
            }
            QPushButton* const button = makeButton(
                tr("%1  %2", "value, number").arg(shown(shortened(value)), formatCount(count)),
                box);
            button->setObjectName(u"value"_s);
            button->setAccessibleName(
                tr("%1, %2: show these jobs").arg(shown(value), errorwords::jobs(count)));
            setTip(button, tr("%1\nShow these jobs").arg(value));
            connect(button, &QPushButton::clicked, this,
                    [this, i, text = value] { Q_EMIT valueWanted(i, text); });
            row->addWidget(button);
        }
        if (others > 0)
            row->addWidget(new Label(tr("%1 others").arg(formatCount(others)), TextRole::Small,
                                     Color::Muted, box));
        row->addStretch(1);
        grid->addLayout(row, int(i), 1);
    }
    box->show();
    m_variesTitle->setVisible(!m_group.varies.empty());
    box->setVisible(!m_group.varies.empty());
}

void ErrorGroupView::showExamples(const QDateTime& now)
{
    m_examplesTitle->setText(
        tr("Examples, %1 of %2")
            .arg(formatCount(m_group.examples.size()), formatCount(m_group.count)));
    QString all;
    for (const domain::ErrorExample& example : m_group.examples)
        all += example.id.value + formatAge(example.createdAt, now) + u'\n';
    if (std::exchange(m_shownExamples, all) == m_shownExamples)
        return;
    QWidget* const box = renewed(m_examples, *static_cast<QVBoxLayout*>(layout()));
    box->setObjectName(u"examples"_s);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const domain::ErrorExample& example : m_group.examples) {
        QPushButton* const link = makeButton(shortId(example.id.value), box, ButtonRole::Link);
        link->setObjectName(u"example"_s);
        link->setAccessibleName(tr("Job %1").arg(shown(example.id.value)));
        setTip(link, example.id.value);
        connect(link, &QPushButton::clicked, this,
                [this, id = example.id] { Q_EMIT jobWanted(id); });
        grid->addWidget(link, row, 0);
        grid->addWidget(
            new Label(formatAge(example.createdAt, now), TextRole::Body, Color::Text, box), row, 1);
        grid->addWidget(
            new ElidedLabel(example.values.join(u", "), TextRole::Mono, Color::Muted, box), row, 2);
        ++row;
    }
    box->show();
}

// The whole error of the newest example: groups keep only the line that tells.
void ErrorGroupView::readStored()
{
    const domain::JobId id = m_group.examples.isEmpty() ? domain::JobId() : m_group.examples[0].id;
    if (id == m_storedId)
        return;
    m_storedId = id;
    m_storedTitle->setText(tr("As stored, %1").arg(shortId(id.value)));
    m_stored->setText(m_group.examples.isEmpty() ? QString() : m_group.examples[0].line);
    m_copyStored->setText(m_stored->text());
    async::deliver(m_session.jobs().job(id), this,
                   [this, id](const base::Result<domain::JobDetail>& detail) {
                       if (!detail || id != m_storedId)
                           return; // it is gone, or another is shown
                       m_stored->setText(detail->job.error.left(kMostStored));
                       m_copyStored->setText(detail->job.error);
                   });
}

} // namespace queuedeck::ui
