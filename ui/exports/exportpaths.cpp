// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/exportpaths.h"

#include "core/domain/jsonplaces.h"
#include "ui/exports/exportwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/quietwheel.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ExportChoice;
using domain::Masking;

namespace {
constexpr qsizetype kShownAtFirst = 8;
constexpr int kLeftOut = -1; // beside the values of Masking
} // namespace

ExportPaths::ExportPaths(QWidget* parent)
    : QWidget(parent)
    , m_mask({})
    , m_form(new QComboBox(this))
    , m_scroll(new QScrollArea(this))
    , m_note(new Label({}, TextRole::Small, Color::Muted))
    , m_more(makeButton(tr("Add a Path…"), this, ButtonRole::Link))
    , m_adding(new QWidget(this))
    , m_path(new QLineEdit(m_adding))
{
    m_form->setObjectName(u"payloadForm"_s);
    m_form->setAccessibleName(tr("How payloads are written"));
    m_form->addItem(tr("as one column"), int(ExportChoice::Payload::Whole));
    m_form->addItem(tr("a column for each path"), int(ExportChoice::Payload::Paths));
    m_scroll->setObjectName(u"paths"_s);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Paths of the payload"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_note->setObjectName(u"pathsNote"_s);
    m_note->setWordWrap(true);
    m_more->setObjectName(u"addPath"_s);
    m_more->setAutoDefault(false);
    m_path->setObjectName(u"newPath"_s);
    m_path->setAccessibleName(tr("A further path of the payload"));
    m_path->setPlaceholderText(u"payload.uploader.email"_s);
    m_path->setFont(textFont(TextRole::Mono));
    auto* take = makeButton(tr("Add"), m_adding);
    take->setObjectName(u"takePath"_s);
    take->setAutoDefault(false);
    auto* adding = new QHBoxLayout(m_adding);
    adding->setContentsMargins({});
    adding->setSpacing(px(space::kS));
    adding->addWidget(m_path, 1);
    adding->addWidget(take);
    m_adding->hide();

    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Payload"), TextRole::Strong), 1);
    head->addWidget(m_form);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(px(space::kS));
    foot->addWidget(m_note, 1);
    foot->addWidget(m_more, 0, Qt::AlignTop);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_scroll, 1);
    all->addWidget(m_adding);
    all->addLayout(foot);

    connect(m_form, &QComboBox::activated, this, [this] {
        fill();
        Q_EMIT changed();
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_adding->show();
        m_path->setFocus(Qt::OtherFocusReason);
    });
    connect(take, &QPushButton::clicked, this, &ExportPaths::addTyped);
    connect(m_path, &QLineEdit::returnPressed, this, &ExportPaths::addTyped);
    fill();
}

ExportChoice::Payload ExportPaths::form() const
{
    return ExportChoice::Payload(m_form->currentData().toInt());
}

void ExportPaths::setPlaces(const QVector<domain::ExportPlace>& places)
{
    m_rows.clear();
    m_others = places.mid(kShownAtFirst);
    const QVector<domain::ExportPlace> shown = places.first(std::min(kShownAtFirst, places.size()));
    // What looks personal is never among what is left out unseen.
    QVector<domain::ExportPlace> personal;
    m_others.removeIf([&personal](const domain::ExportPlace& place) {
        const bool isPersonal =
            domain::usualMasking(place.path, domain::jsonValueText(place.example)) !=
            Masking::AsStored;
        if (isPersonal)
            personal += place;
        return isPersonal;
    });
    fill();
    for (const domain::ExportPlace& place : shown + personal)
        add(place);
    Q_EMIT changed();
}

// Anew, with what was chosen so far.
void ExportPaths::fill()
{
    const QVector<Row> before = std::exchange(m_rows, {});
    QVector<int> chosen;
    for (const Row& row : before)
        chosen += row.how->currentData().toInt();
    auto* surface = new Surface(Color::Base, this);
    m_grid = new QGridLayout(surface);
    m_grid->setContentsMargins(px(space::kS), px(space::kXs), px(space::kS), px(space::kXs));
    m_grid->setHorizontalSpacing(px(space::kM));
    m_grid->setVerticalSpacing(px(space::kXxs));
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(2, 3);
    const QStringList heads{tr("Path"), tr("Written"), tr("Looks like")};
    for (int i = 0; i < heads.size(); ++i)
        m_grid->addWidget(new Label(heads[i], TextRole::Small, Color::Muted), 0, i);
    for (qsizetype i = 0; i < before.size(); ++i) {
        add(before[i].place);
        const int index = m_rows.back().how->findData(chosen[i]);
        if (index >= 0)
            m_rows.back().how->setCurrentIndex(index);
        showLooks(m_rows.back());
    }
    m_scroll->setWidget(surface);
    showLeftOut();
}

void ExportPaths::add(const domain::ExportPlace& place)
{
    const QString name = u"payload."_s + place.path;
    Row row{place, new QComboBox, new ElidedLabel({}, TextRole::Mono, Color::Muted)};
    row.how->setObjectName(u"mask_"_s + place.path);
    row.how->setAccessibleName(tr("How %1 is written").arg(showControls(name)));
    row.how->setFocusPolicy(Qt::StrongFocus);
    leaveWheelToPage(*row.how);
    for (const Masking masking :
         {Masking::AsStored, Masking::HostOnly, Masking::Hashed, Masking::Hidden})
        row.how->addItem(exportwords::maskLabel(masking), int(masking));
    if (areColumns())
        row.how->addItem(tr("left out"), kLeftOut);
    row.how->setCurrentIndex(row.how->findData(
        int(domain::usualMasking(place.path, domain::jsonValueText(place.example)))));
    const int line = int(m_rows.size()) + 1;
    m_grid->addWidget(new ElidedLabel(showControls(name), TextRole::Mono), line, 0);
    m_grid->addWidget(row.how, line, 1);
    m_grid->addWidget(row.looks, line, 2);
    m_grid->setRowStretch(line, 0);
    m_grid->setRowStretch(line + 1, 1);
    const qsizetype number = m_rows.size();
    connect(row.how, &QComboBox::currentIndexChanged, this, [this, number] {
        if (number >= m_rows.size())
            return;
        showLooks(m_rows[number]);
        showLeftOut();
        Q_EMIT changed();
    });
    m_rows += row;
    showLooks(row);
    showLeftOut();
}

void ExportPaths::addTyped()
{
    const auto path = domain::exportPathFrom(m_path->text());
    if (!path) {
        m_note->setText(showControls(path.error().detail.translated()));
        return;
    }
    const auto isIt = [&path](const auto& one) { return one.path == path->path; };
    const bool isThere = std::any_of(m_rows.cbegin(), m_rows.cend(),
                                     [&](const Row& row) { return isIt(row.place); });
    if (!isThere) {
        const auto known = std::find_if(m_others.begin(), m_others.end(), isIt);
        const domain::ExportPlace place =
            known == m_others.end() ? domain::ExportPlace{path->path, {}, 0} : *known;
        m_others.removeIf(isIt);
        add(place);
        // Whoever names a place wants to hide it, or to see it in a column.
        QComboBox* how = m_rows.back().how;
        if (!areColumns())
            how->setCurrentIndex(how->findData(int(Masking::Hidden)));
    }
    m_path->clear();
    m_adding->hide();
    m_more->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void ExportPaths::showLooks(const Row& row) const
{
    const int how = row.how->currentData().toInt();
    QString text;
    if (how == kLeftOut || row.place.jobs == 0)
        text = u"–"_s;
    else if (row.place.example.isEmpty())
        text = u"null"_s;
    else
        text = domain::jsonValueText(m_mask.value(row.place.example, Masking(how)));
    row.looks->setText(firstLine(text));
}

void ExportPaths::showLeftOut()
{
    m_more->setText(tr("Add a Path…"));
    if (m_rows.isEmpty()) {
        m_note->setText(tr("No paths were found in the first payloads."));
        return;
    }
    QString note = tr("Paths that look personal start out hidden.");
    if (!areColumns()) {
        m_note->setText(note + u' ' + tr("All others are written as stored."));
    } else {
        qsizetype left = m_others.size();
        for (const Row& row : std::as_const(m_rows))
            left += row.how->currentData().toInt() == kLeftOut ? 1 : 0;
        if (left > 0)
            note += u' ' + base::counted(
                               "ExportPaths",
                               QT_TRANSLATE_NOOP("ExportPaths", "1 other path is left out."),
                               QT_TRANSLATE_N_NOOP("ExportPaths", "%L1 other paths are left out."),
                               left);
        m_note->setText(note);
    }
    QStringList others;
    for (const domain::ExportPlace& place : std::as_const(m_others))
        others += u"payload."_s + place.path;
    auto* completer = new QCompleter(others, m_path);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    delete m_path->completer();
    m_path->setCompleter(completer);
}

QVector<domain::ExportPath> ExportPaths::paths() const
{
    QVector<domain::ExportPath> paths;
    for (const Row& row : m_rows) {
        const int how = row.how->currentData().toInt();
        if (how == kLeftOut || (!areColumns() && Masking(how) == Masking::AsStored))
            continue;
        paths += {row.place.path, Masking(how)};
    }
    return paths;
}

} // namespace queuedeck::ui
