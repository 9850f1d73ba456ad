// SPDX-License-Identifier: GPL-3.0-or-later
// The options of scan.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addScan()
{
    CLI::App* scan =
        command("scan", "Add pictures of business cards or liquor licenses to be read.",
                "  queuedeckctl scan card.png\n"
                "  queuedeckctl --json scan cards/*.jpg --wait\n"
                "  queuedeckctl scan license.webp --type liquor_license\n"
                "  queuedeckctl scan card.png --compare\n"
                "  queuedeckctl scan card.png --to s3:https://s3.eu-central-1.amazonaws.com/cards\n"
                "JPEG, PNG and WebP are read. Any other file is reported, and the rest go on;\n"
                "the exit code is then 1. --to says where pictures are put, so that every\n"
                "processor of the database can fetch them: table (Queuedeck's own, the default),\n"
                "folder:PATH?public=URL (see serve --pictures), s3:https://HOST/BUCKET,\n"
                "supabase:https://PROJECT.supabase.co/BUCKET, or app:https://app.example for the\n"
                "application's own upload route. Tenant, user and place are remembered for the\n"
                "database; QUEUEDECK_UPLOAD_TO names a place, too. Keys: see `key store "
                "--pictures`.",
                [this] {
                    const auto type = domain::scanTypeFromText(text(m_values.type));
                    return Scan{texts(m_values.files),
                                type.value_or(domain::ScanType::BusinessCard),
                                m_values.wait,
                                {text(m_values.tenant), text(m_values.user)},
                                pictures(),
                                text(m_values.uploadTo),
                                m_values.alone,
                                m_values.listOwners,
                                m_values.compare};
                });
    CLI::Option* files = scan->add_option("FILE", m_values.files, "The pictures");
    scan->add_option("--type", m_values.type, "business_card (default) or liquor_license")
        ->type_name("TYPE")
        ->check(oneOf({"business_card", "liquor_license"}));
    scan->add_option("--tenant", m_values.tenant,
                     "The tenant they belong to, by id or name, if there are several")
        ->type_name("TENANT");
    scan->add_option("--user", m_values.user, "The user who uploads them, likewise")
        ->type_name("USER");
    scan->add_flag("--owners", m_values.listOwners, "Only list the tenants and users there are");
    scan->add_flag("--compare", m_values.compare,
                   "Only read them, with both readers, and print both; writes nothing");
    scan->add_option("--to", m_values.uploadTo, "Where pictures are put")
        ->type_name("PLACE")
        ->allow_extra_args(false);
    scan->add_flag("--alone", m_values.alone,
                   "No other processor works on this table and would take the jobs");
    scan->add_flag("--wait", m_values.wait, "Read them here and now, and print what they say");
    addPictures(scan);
    scan->callback([this, files] {
        if (files->count() == 0 && !m_values.listOwners)
            throw CLI::RequiredError("FILE");
    });
}

} // namespace queuedeck::ctl
